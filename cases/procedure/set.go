package procedure

import "math/bits"

// codeSet is a set of milestone kinds by their place in the definition. Folding asks it for
// every rule and milestone of a matter, so it is four machine words instead of a map.
type codeSet [4]uint64

// codeSetSize is how many kinds of milestone one definition may have.
const codeSetSize = 256

func (s *codeSet) add(pos int)      { s[pos>>6] |= 1 << (pos & 63) }
func (s *codeSet) has(pos int) bool { return s[pos>>6]&(1<<(pos&63)) != 0 }

// meets tells whether the sets share a kind.
func (s *codeSet) meets(t *codeSet) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3] != 0
}

// stageSet is a set of stages by rank.
type stageSet uint64

// stageSetSize is how many stages one definition may have.
const stageSetSize = 64

func (s stageSet) has(rank int) bool { return s&(1<<rank) != 0 }

// first is the lowest rank of the set, 0 for the empty set.
func (s stageSet) first() int {
	if s == 0 {
		return 0
	}
	return bits.TrailingZeros64(uint64(s))
}
