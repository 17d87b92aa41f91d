package dossier

import "bytes"

// Pages counts the pages of a document that Draw made.
func Pages(pdf []byte) int { return bytes.Count(pdf, []byte("/Type /Page\n")) }
