package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestBehindTLS: what stands in front speaks TLS, so cookies are for https only, on any address.
func TestBehindTLS(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	out := start(t, "serve", "--address", "0.0.0.0:0", "--behind-tls", "--trust-forwarded-from", "127.0.0.1,10.0.0.0/24", "--data", folder, "--keys", folder+"-keys")
	line, err := out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address := strings.TrimSpace(strings.TrimPrefix(line, "Expediente is at "))
	answer, err := http.Get(strings.Replace(address, "0.0.0.0", "127.0.0.1", 1) + "/signin")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("answers %d, HSTS %q", answer.StatusCode, answer.Header.Get("Strict-Transport-Security"))
	}
	cookies := answer.Cookies()
	if len(cookies) == 0 {
		t.Fatal("no cookie was set")
	}
	for _, c := range cookies {
		if !c.Secure || !strings.HasPrefix(c.Name, "__Host-") {
			t.Errorf("the cookie %s is not for https only", c.Name)
		}
	}
}
