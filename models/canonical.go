package models

import (
	"context"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"reflect"
	"sort"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// Audited are the records whose rows the log answers for. Projections and sessions are not among
// them: they can be made again.
var Audited = []any{
	&RegistryRecord{}, &User{}, &Matter{}, &Membership{}, &Party{}, &MatterRight{}, &Milestone{}, &Evidence{},
	&CustodyEvent{}, &Visit{}, &Recommendation{}, &Plan{}, &Indicator{}, &Dossier{},
}

var schemas sync.Map

// Schema is gorm's reading of a record.
func Schema(record any) (*schema.Schema, error) {
	return schema.Parse(record, &schemas, schema.NamingStrategy{})
}

// Canonical writes a record as bytes that are the same on every database: its table and, in
// alphabetical order, every column's name, type and value. Fields tagged audit:"-" are
// projections and left out.
func Canonical(ctx context.Context, record any) (table string, id ID, canonical []byte, err error) {
	s, err := Schema(record)
	if err != nil {
		return "", ID{}, nil, err
	}
	v := reflect.Indirect(reflect.ValueOf(record))
	b := appendPart(nil, 't', []byte(s.Table))
	for _, name := range columns(s) {
		f := s.FieldsByDBName[name]
		value, _ := f.ValueOf(ctx, v)
		if b, err = appendColumn(b, name, value); err != nil {
			return "", ID{}, nil, err
		}
		if given, ok := value.(ID); ok && name == "id" {
			id = given
		}
	}
	return s.Table, id, b, nil
}

var columnLists sync.Map // *schema.Schema → []string

func columns(s *schema.Schema) []string {
	if list, ok := columnLists.Load(s); ok {
		return list.([]string)
	}
	var list []string
	for _, f := range s.Fields {
		if f.DBName != "" && f.Tag.Get("audit") != "-" {
			list = append(list, f.DBName)
		}
	}
	sort.Strings(list)
	columnLists.Store(s, list)
	return list
}

func appendColumn(b []byte, name string, value any) ([]byte, error) {
	b = appendPart(b, 'c', []byte(name))
	if v, ok := value.(driver.Valuer); ok {
		var err error
		if value, err = v.Value(); err != nil {
			return nil, err
		}
	}
	if v := reflect.ValueOf(value); v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return append(b, 'n'), nil
		}
		value = v.Elem().Interface()
	}
	switch v := reflect.ValueOf(value); {
	case value == nil:
		return append(b, 'n'), nil
	case v.Kind() == reflect.String:
		return appendPart(b, 's', []byte(v.String())), nil
	case v.CanInt():
		return binary.BigEndian.AppendUint64(append(b, 'i'), uint64(v.Int())), nil
	case v.Kind() == reflect.Bool:
		if v.Bool() {
			return append(b, 'y'), nil
		}
		return append(b, 'f'), nil
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		if v.Len() == 0 { // the databases do not agree on empty bytes
			return append(b, 'n'), nil
		}
		return appendPart(b, 'b', v.Bytes()), nil
	}
	return nil, fmt.Errorf("column %s holds a %T, which has no canonical form", name, value)
}

func appendPart(b []byte, kind byte, part []byte) []byte {
	b = binary.BigEndian.AppendUint32(append(b, kind), uint32(len(part)))
	return append(b, part...)
}

// EachRow calls fn with every row of the record's table.
func EachRow(ctx context.Context, db *gorm.DB, record any, fn func(record any) error) error {
	t := reflect.TypeOf(record).Elem()
	rows, err := db.WithContext(ctx).Model(record).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r := reflect.New(t).Interface()
		if err := db.ScanRows(rows, r); err != nil {
			return err
		}
		if err := fn(r); err != nil {
			return err
		}
	}
	return rows.Err()
}
