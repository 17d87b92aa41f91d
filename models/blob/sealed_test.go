package blob

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"expediente/models/disk"
	"expediente/models/disk/disktest"
	"expediente/models/seal"

	"filippo.io/age"
)

const (
	file  = "0123456789abcdef"
	small = 1 << 10 // the segment size of most tests
)

var key = seal.NewKey([seal.SecretSize]byte{1}, nil)

// newSealed is a store in memory with small segments.
func newSealed(t testing.TB) (*Sealed, *disktest.Memory) {
	t.Helper()
	m := disktest.New("/")
	d, err := NewDisk("/data", m)
	if err != nil {
		t.Fatal(err)
	}
	return &Sealed{store: d, segment: small}, m
}

func noise(size int) []byte {
	b := make([]byte, size)
	rand.NewChaCha8([32]byte{9}).Read(b)
	return b
}

func write(t testing.TB, s *Sealed, name string, content []byte) Receipt {
	t.Helper()
	receipt, err := s.Write(t.Context(), key, name, bytes.NewReader(content), 0)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func readAll(r io.ReadCloser, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func TestFilesOfEverySizeComeBack(t *testing.T) {
	s, _ := newSealed(t)
	for i, size := range []int{0, 1, small - 1, small, small + 1, 3 * small, 5*small + 7} {
		name, content := fmt.Sprintf("file%04d", i), noise(size)
		receipt := write(t, s, name, content)
		if receipt.SHA256 != sha256.Sum256(content) || receipt.Size != int64(size) ||
			receipt.Segments != max(1, (size+small-1)/small) || !bytes.Equal(receipt.Head, content[:min(size, headSize)]) {
			t.Errorf("size %d: %v, head of %d bytes", size, receipt, len(receipt.Head))
		}
		got, err := readAll(s.Open(t.Context(), key, name, receipt.Segments))
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("size %d: %d bytes, %v", size, len(got), err)
		}
		sum, n, err := s.Verify(t.Context(), key, name, receipt.Segments)
		if err != nil || sum != receipt.SHA256 || n != receipt.Size {
			t.Errorf("size %d: verified %x, %d bytes, %v", size, sum, n, err)
		}
	}
}

func TestRangesOpenOnlyWhatTheyTouch(t *testing.T) {
	s, m := newSealed(t)
	content := noise(5*small + 7)
	receipt := write(t, s, file, content)
	chance := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		from, length := chance.Int64N(int64(len(content))+20), chance.Int64N(3*small)
		got, err := readAll(s.OpenRange(t.Context(), key, file, receipt.Segments, from, length))
		begin := min(from, int64(len(content)))
		if want := content[begin:min(begin+length, int64(len(content)))]; err != nil || !bytes.Equal(got, want) {
			t.Fatalf("from %d, %d bytes: got %d of %d, %v", from, length, len(got), len(want), err)
		}
	}
	for _, i := range []int{0, 1, 3, 4, 5} {
		m.Remove("/data/01/" + segmentName(file, i))
	}
	got, err := readAll(s.OpenRange(t.Context(), key, file, receipt.Segments, 2*small+5, 100))
	if err != nil || !bytes.Equal(got, content[2*small+5:2*small+105]) {
		t.Errorf("inside segment 2: %d bytes, %v", len(got), err)
	}
	if _, err := s.OpenRange(t.Context(), key, file, 6, -1, 1); err == nil {
		t.Error("a negative range was opened")
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestAnUploadIsResumed(t *testing.T) {
	s, m := newSealed(t)
	content := noise(5*small + 7)
	broken := errors.New("line cut")
	chance := rand.New(rand.NewPCG(3, 4))
	receipt, tries := Receipt{Name: file}, 0
	for err := broken; err != nil; tries++ {
		rest := content[receipt.Size:]
		cut := chance.IntN(3 * small)
		r := io.MultiReader(bytes.NewReader(rest[:min(cut, len(rest))]), iotest.ErrReader(broken))
		if cut > len(rest) {
			r = bytes.NewReader(rest)
		}
		before := receipt
		receipt, err = s.Resume(t.Context(), key, receipt, r, 0)
		if err != nil && !errors.Is(err, broken) {
			t.Fatal(err)
		}
		if tries == 1 { // the process died before it noted what was durable
			receipt, err = before, broken
		}
	}
	if receipt.SHA256 != sha256.Sum256(content) || receipt.Size != int64(len(content)) || !bytes.Equal(receipt.Head, content[:headSize]) {
		t.Errorf("after %d tries: %v", tries, receipt)
	}
	if got, err := readAll(s.Open(t.Context(), key, file, receipt.Segments)); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if n := len(m.Files()); n != receipt.Segments {
		t.Errorf("%d files for %d segments", n, receipt.Segments)
	}
	if _, err := s.Resume(t.Context(), key, receipt, strings.NewReader("more"), 0); err == nil {
		t.Error("a whole file took more")
	}
}

func TestSweepRemovesOrphansOnly(t *testing.T) {
	s, m := newSealed(t)
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	m.Now = func() time.Time { return now }
	old, older, fresh := "aaaaaaaa", "aaaaaaaab", "cccccccc"
	for _, name := range []string{old, older, fresh} {
		if name == fresh {
			now = now.Add(48 * time.Hour)
		}
		write(t, s, name, noise(2*small+1))
	}
	before := now.Add(-time.Hour)
	asked := map[string]int{}
	known := func(name string) (bool, error) {
		asked[name]++
		return name == older, nil
	}
	n, err := s.Sweep(t.Context(), known, before)
	if n != 3 || err != nil {
		t.Errorf("removed %d, %v", n, err)
	}
	if want := map[string]int{old: 1, older: 1, fresh: 1}; !maps.Equal(asked, want) {
		t.Errorf("asked %v", asked)
	}
	if left := m.Files(); len(left) != 6 {
		t.Errorf("left %v", left)
	}
	broken := errors.New("database gone")
	n, err = s.Sweep(t.Context(), func(string) (bool, error) { return false, broken }, now.Add(time.Hour))
	if n != 0 || !errors.Is(err, broken) || len(m.Files()) != 6 {
		t.Errorf("removed %d, %v", n, err)
	}
}

func TestNoPlainTextReachesTheDisk(t *testing.T) {
	s, m := newSealed(t)
	const canary = "canario-8f3a"
	write(t, s, file, bytes.Repeat([]byte(canary), 1000))
	m.FailAt, m.Fails = m.Calls()+12, disktest.PowerCut // and in what a crash leaves
	s.Write(t.Context(), key, "abcdefgh", bytes.NewReader(bytes.Repeat([]byte(canary), 1000)), 0)
	if len(m.Files()) < 12 {
		t.Fatal("the crash left nothing to look at")
	}
	for _, path := range m.Files() {
		if bytes.Contains(m.Content(path), []byte(canary[:6])) {
			t.Errorf("%s holds the canary", path)
		}
	}
}

func TestReceiptDoesNotPrintTheHead(t *testing.T) {
	s, _ := newSealed(t)
	receipt := write(t, s, file, []byte("canario"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if out := fmt.Sprintf(verb, receipt); strings.Contains(out, "canario") || strings.Contains(out, "99, 97") || strings.Contains(out, "0x63") {
			t.Errorf("%s: %s", verb, out)
		}
	}
}

func TestStockAgeOpensTheStoredFiles(t *testing.T) {
	s, m := newSealed(t)
	content := noise(2*small + 1)
	receipt := write(t, s, file, content)
	identity, err := age.ParseX25519Identity(key.Identity())
	if err != nil {
		t.Fatal(err)
	}
	var got []byte
	for i := range receipt.Segments {
		r, err := age.Decrypt(bytes.NewReader(m.Content("/data/01/"+segmentName(file, i))), identity)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, plain...)
	}
	if !bytes.Equal(got, content) {
		t.Error("the segments joined are not the file")
	}
}

func TestManyAtOnce(t *testing.T) {
	s, _ := newSealed(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			name, content := fmt.Sprintf("file%04d", i), noise(3*small+i)
			receipt, err := s.Write(t.Context(), key, name, bytes.NewReader(content), 0)
			if err != nil {
				t.Error(err)
			}
			if got, err := readAll(s.Open(t.Context(), key, name, receipt.Segments)); err != nil || !bytes.Equal(got, content) {
				t.Error(len(got), err)
			}
		})
	}
	wg.Wait()
}

// endless yields size bytes without holding them.
type endless struct{ left int64 }

func (e *endless) Read(p []byte) (int, error) {
	n := min(int64(len(p)), e.left)
	if e.left -= n; n == 0 {
		return 0, io.EOF
	}
	return int(n), nil
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	d, err := NewDisk(t.TempDir(), disk.OS{})
	if err != nil {
		t.Fatal(err)
	}
	s := NewSealed(d)
	live := func() int64 {
		runtime.GC()
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		return int64(now.HeapAlloc)
	}
	base := live()
	peak, done, watched := base, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		for tick := time.NewTicker(3 * time.Millisecond); ; {
			select {
			case <-done:
				return
			case <-tick.C:
				peak = max(peak, live())
			}
		}
	}()
	const size = 64 << 20
	receipt, err := s.Write(t.Context(), key, file, &endless{size}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, n, err := s.Verify(t.Context(), key, file, receipt.Segments); err != nil || n != size {
		t.Fatalf("%d bytes, %v", n, err)
	}
	close(done)
	<-watched
	t.Logf("64 MiB in and out: live heap grew by %.1f MiB at most", float64(peak-base)/(1<<20))
	if peak-base > 16<<20 { // mostly garbage of the last milliseconds
		t.Errorf("the live heap grew by %d bytes", peak-base)
	}
}
