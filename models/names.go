package models

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
)

// Names is a name in several languages, kept as one JSON column.
type Names map[string]string

// In is the name in lang, else in Spanish, else in English.
func (n Names) In(lang string) string {
	for _, l := range []string{lang, "es", "en"} {
		if s := n[l]; s != "" {
			return s
		}
	}
	return ""
}

// Value stores the names as JSON with sorted keys.
func (n Names) Value() (driver.Value, error) {
	b, err := json.Marshal(map[string]string(n))
	return string(b), err
}

// Scan reads what Value stored.
func (n *Names) Scan(v any) error {
	switch v := v.(type) {
	case string:
		return json.Unmarshal([]byte(v), (*map[string]string)(n))
	case []byte:
		return json.Unmarshal(v, (*map[string]string)(n))
	}
	return fmt.Errorf("a names column held a %T", v)
}

// GormDataType keeps the mapper from treating Names as a relation.
func (Names) GormDataType() string { return "string" }
