package seal

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"expediente/models/disk/disktest"
)

const (
	ringPath = "/keys/ring/keyring" // in another folder than its key file: two folders to flush
	keyFile  = "/keys/master.key"
)

// story creates a keyring, adds keys and destroys one, noting what was acknowledged.
type story struct {
	created   bool
	secrets   map[ID]string   // acknowledged keys
	destroyed map[ID]bool     // acknowledged as destroyed
	asked     map[ID]bool     // to be destroyed; no answer yet
	spent     map[string]bool // key files that an acknowledged destruction replaced
}

func tell(m *disktest.Memory, after func(*story)) *story {
	s := &story{secrets: map[ID]string{}, destroyed: map[ID]bool{}, asked: map[ID]bool{}, spent: map[string]bool{}}
	master, err := newMaster(m, keyFile)
	if err != nil {
		return s
	}
	ring, err := Create(ringPath, master, registry, On(m), Copies("/keys/copy"))
	if err != nil && !isCopyError(err) {
		return s
	}
	s.created = true
	for _, step := range []func(){
		func() { s.add(ring, id(1)) },
		func() { s.add(ring, id(2), id(3), id(4)) },
		func() { s.destroy(m, ring, id(2)) },
		func() { s.add(ring, id(5)) },
		func() { s.destroy(m, ring, id(5)) },
		func() { s.add(ring, id(6), id(7)) },
	} {
		step()
		after(s)
	}
	return s
}

func isCopyError(err error) bool {
	var failed *CopyError
	return errors.As(err, &failed)
}

func (s *story) add(ring *Keyring, ids ...ID) {
	if err := ring.New(ids...); err != nil && !isCopyError(err) {
		return
	}
	for _, id := range ids {
		if k, err := ring.Key(id); err == nil {
			s.secrets[id] = k.Identity()
		}
	}
}

func (s *story) destroy(m *disktest.Memory, ring *Keyring, id ID) {
	s.asked[id] = true
	before := string(m.Content(keyFile))
	if err := ring.Destroy(id, nil); err == nil || isCopyError(err) {
		s.destroyed[id] = true
		s.spent[before] = true
	}
}

// check opens the keyring as found and compares it with what was acknowledged; then it goes on using it.
func (s *story) check(m *disktest.Memory) error {
	if !s.created {
		return nil
	}
	if s.spent[string(m.Content(keyFile))] {
		return errors.New("a master key that was replaced is back")
	}
	master, err := loadMaster(m, keyFile)
	if err != nil {
		return err
	}
	ring, err := OpenKeyring(ringPath, master, On(m))
	if err != nil {
		return err
	}
	for id, secret := range s.secrets {
		k, err := ring.Key(id)
		switch {
		case s.destroyed[id]:
			if !errors.Is(err, ErrNoKey) {
				return fmt.Errorf("destroyed key %x is there: %v", id, err)
			}
		case err != nil && s.asked[id]: // destroyed, not yet answered
		case err != nil:
			return fmt.Errorf("acknowledged key %x: %w", id, err)
		case k.Identity() != secret:
			return fmt.Errorf("key %x is another", id)
		}
	}
	return errors.Join(ring.New(id(90)), ring.Destroy(id(90), nil), ring.New(id(91)))
}

// Each call in turn fails, alone or with the next ones, or is the last before the power goes; the disk
// then holds as little or as much as it may. No acknowledged key may be missing, no destroyed one there.
func TestKeyringSurvivesAFaultAtEveryCall(t *testing.T) {
	clean := newMemory()
	whole := tell(clean, func(*story) {})
	if len(whole.secrets) != 7 || len(whole.destroyed) != 2 {
		t.Fatalf("without faults: %d keys, %d destroyed", len(whole.secrets), len(whole.destroyed))
	}
	t.Logf("%d calls", clean.Calls())
	for n := 1; n <= clean.Calls(); n++ {
		for _, fails := range []int{1, 2, 3, disktest.PowerCut} {
			m := newMemory()
			m.FailAt, m.Fails = n, fails
			s := tell(m, func(s *story) { checkCrashes(t, m, s, n) })
			checkCrashes(t, m, s, n)
			if m.FailAt = 0; fails == disktest.PowerCut {
				continue
			}
			restart(m)
			checkCrashes(t, m, s, n)
			if err := s.check(m); err != nil {
				t.Fatalf("%d faults from call %d, no crash: %v", fails, n, err)
			}
		}
	}
}

// restart opens the keyring anew, as a process does that died without the machine.
func restart(m *disktest.Memory) {
	if master, err := loadMaster(m, keyFile); err == nil {
		OpenKeyring(ringPath, master, On(m))
	}
}

// checkCrashes cuts the power now.
func checkCrashes(t *testing.T, m *disktest.Memory, s *story, n int) {
	t.Helper()
	for seed := range uint64(5) {
		var chance *rand.Rand
		if seed > 0 {
			chance = rand.New(rand.NewPCG(seed, uint64(n)))
		}
		if err := s.check(m.Crash(chance)); err != nil {
			t.Fatalf("%d faults from call %d, seed %d, with %d keys: %v", m.Fails, n, seed, len(s.secrets), err)
		}
	}
}

// A destruction that failed half-way may leave the present master key in the next key file only. The
// power going during a second destruction must not take it.
func TestKeyringSurvivesAPowerCutAfterAFailedDestruction(t *testing.T) {
	const calls = 45 // more than one destruction makes
	for first := 1; first <= calls; first++ {
		for second := 1; second <= calls; second++ {
			m := newMemory()
			var ring *Keyring
			s := tell(m, func(*story) {})
			master, err := loadMaster(m, keyFile)
			if err == nil {
				ring, err = OpenKeyring(ringPath, master, On(m))
			}
			if err != nil {
				t.Fatal(err)
			}
			m.FailAt, m.Fails = m.Calls()+first, 1
			s.destroy(m, ring, id(1))
			m.FailAt, m.Fails = m.Calls()+second, disktest.PowerCut
			s.destroy(m, ring, id(3))
			if err := s.check(m.Crash(nil)); err != nil {
				t.Fatalf("fault at call %d, then power cut at call %d: %v", first, second, err)
			}
		}
	}
}

// Whatever the file holds, opening it does not panic, and a key comes out right or not at all.
func FuzzKeyring(f *testing.F) {
	m := newMemory()
	s := tell(m, func(*story) {})
	master, err := loadMaster(m, keyFile)
	if err != nil {
		f.Fatal(err)
	}
	content := m.Content(ringPath)
	f.Add(content)
	f.Add(content[:len(content)-9])
	f.Add(content[:headerSize])
	f.Fuzz(func(t *testing.T, content []byte) {
		m := newMemory()
		if err := writeRing(m, ringPath, content); err != nil {
			t.Fatal(err)
		}
		ring, err := OpenKeyring(ringPath, master, On(m))
		if err != nil {
			return
		}
		for id, secret := range s.secrets {
			if k, err := ring.Key(id); err == nil && k.Identity() != secret {
				t.Fatalf("key %x is another", id)
			}
		}
		ring.New(id(99))
	})
}

func newMemory() *disktest.Memory {
	m := disktest.New("/keys")
	if err := errors.Join(m.Mkdir("/keys/copy", 0o700), m.Mkdir("/keys/ring", 0o700), m.SyncDir("/keys")); err != nil {
		panic(err)
	}
	return m
}
