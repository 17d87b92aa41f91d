package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// An empty registry is set up from the printed address: the recovery copy goes out and comes back,
// the first account is made, and setup is closed for ever.
func TestBrowserSetup(t *testing.T) {
	folder := t.TempDir()
	out := start(t, "serve", "--address", "localhost:0", "--data", filepath.Join(folder, "data"), "--keys", filepath.Join(folder, "keys"))
	site, code := printedSetup(t, out)
	b := open(t, site)
	b.visit("/setup#"+code, 200)
	if at := b.path(); at != "/setup" {
		t.Errorf("the code stays in the address bar: %s", at)
	}
	for _, field := range []string{"copy_code", "code"} {
		if got := ask[string](b, `document.querySelector("[name=`+field+`]").value`); got != code {
			t.Errorf("the code is not taken from the address into %s: %q", field, got)
		}
	}
	const phrase, password = "una frase larga que nadie adivina", "otra contraseña muy distinta"
	b.fill("copy_phrase", phrase)
	name, copied := b.download(`form[action="/setup/recovery"] button`)
	path := filepath.Join(folder, name)
	b.must(os.WriteFile(path, copied, 0o600))

	who := Signin{Email: "primera@example.org", Password: password}
	b.fill("registry_name", "Red de prueba")
	b.fill("name", "Primera Persona")
	b.fill("email", who.Email)
	b.fill("password", who.Password)
	b.upload("recovery", path)
	b.fill("passphrase", phrase)
	b.send("/setup")
	if at := b.path(); at != "/signin" {
		t.Fatalf("setting up led to %s: %s", at, b.text("[role=alert]"))
	}
	b.signIn(who)
	b.visit("/setup", 404)
	for _, address := range b.asked {
		if strings.Contains(address, code) {
			t.Errorf("the code was sent in an address: %s", address)
		}
	}
}

var setupAddress = regexp.MustCompile(`(http://\S+)/setup#(\S+)`)

// printedSetup reads the one-time address that the program prints.
func printedSetup(t *testing.T, out *bufio.Reader) (site, code string) {
	t.Helper()
	for {
		line, err := out.ReadString('\n')
		if found := setupAddress.FindStringSubmatch(line); found != nil {
			go io.Copy(io.Discard, out)
			return found[1], found[2]
		}
		if err != nil {
			t.Fatal("no address to set the registry up was printed")
		}
	}
}
