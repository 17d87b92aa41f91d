package access

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The table as a director reads it. A change of right is a change of this text.
const want = `
matter    matter.open             coordinator member system
matter    milestone.log           coordinator system
matter    milestone.override      coordinator system
matter    milestone.correct       coordinator system
matter    matter.admit            system
matter    matter.dismiss          system
matter    matter.reproject        system
matter    evidence.attach         coordinator member system
matter    evidence.download       coordinator member
matter    dossier.print_case      coordinator member
registry  matter.create           coordinator system
registry  matter.import           system
registry  progress.read           coordinator leadership system
registry  dossier.print_progress  coordinator leadership
registry  audit.read              coordinator leadership
registry  audit.read_all          leadership system
registry  user.create             system
registry  user.set_password       system
registry  user.deactivate         system
registry  registry.setup          system
registry  registry.copy_keys      system
registry  plan.keep               system
registry  session.sign_in         coordinator member leadership
registry  session.refuse          system
registry  session.sign_out        coordinator member leadership
`

func TestPolicyIsTheAgreedTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("\n")
	for _, line := range Policy {
		fmt.Fprintf(&b, "%-9s %-23s", line.Place, line.Verb)
		for _, role := range []Role{Coordinator, Member, Leadership, System} {
			if Allows(line.Verb, role) {
				fmt.Fprintf(&b, " %s", role)
			}
		}
		b.WriteString("\n")
	}
	if b.String() != want {
		t.Errorf("the policy is now\n%s\nwant\n%s", b.String(), want)
	}
}

func TestWhatIsNotInTheTableIsRefused(t *testing.T) {
	for _, role := range []Role{Coordinator, Member, Leadership, System, "", "administrator"} {
		if Allows("matter.burn", role) {
			t.Errorf("%q may do a verb that does not exist", role)
		}
	}
	for _, line := range Policy {
		for _, role := range []Role{"", "auditor", "coordinator "} {
			if Allows(line.Verb, role) {
				t.Errorf("the unknown role %q may do %s", role, line.Verb)
			}
		}
	}
}

func TestEveryVerbHasOneLine(t *testing.T) {
	source, err := os.ReadFile("access.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[Verb]int{}
	for _, line := range Policy {
		seen[line.Verb]++
	}
	declared := strings.Count(string(source), " Verb = \"")
	if len(seen) != declared || len(Policy) != declared {
		t.Errorf("%d verbs are declared, the policy has %d lines for %d verbs", declared, len(Policy), len(seen))
	}
}
