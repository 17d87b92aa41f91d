package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"expediente/models"
)

// start runs the program as its main does, in the background until the test ends, and returns what
// it prints. That it stops cleanly, with nothing said on standard error, is part of every test.
func start(t *testing.T, args ...string) *bufio.Reader {
	t.Helper()
	out, stop := launch(args)
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	return out
}

// launch runs the program in the background. What it returns second stops it, and tells of anything
// but a clean end.
func launch(args []string) (out *bufio.Reader, stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	read, write := io.Pipe()
	complaints, status := &complaints{}, make(chan int, 1)
	go func() {
		status <- run(ctx, args, Streams{write, complaints})
		write.Close()
	}()
	return bufio.NewReader(read), func() error {
		cancel()
		go io.Copy(io.Discard, read)
		code, text := <-status, complaints.String()
		if code != 0 || text != "" {
			return fmt.Errorf("expediente %s ended with status %d and said: %s", strings.Join(args, " "), code, text)
		}
		return nil
	}
}

// complaints is standard error, which several requests write to at once.
type complaints struct {
	mu   sync.Mutex
	text strings.Builder
}

func (c *complaints) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.Write(b)
}

func (c *complaints) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.String()
}

// startDemo starts a demonstration in a folder of its own and returns its address and its people.
func startDemo(t *testing.T) (address string, people map[models.Role]Signin) {
	t.Helper()
	out := start(t, "demo", "--json", "--data", filepath.Join(t.TempDir(), "demo"))
	var started Started
	if err := json.NewDecoder(out).Decode(&started); err != nil {
		t.Fatal("the start line is no JSON:", err)
	}
	people = map[models.Role]Signin{}
	for _, who := range started.Users {
		people[who.Role] = who
	}
	return started.Address, people
}
