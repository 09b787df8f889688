// Checks an exported log with code that is not ours: the note and Merkle tree packages of the Go
// authors (golang.org/x/mod/sumdb, Debian: golang-golang-x-mod-dev).
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run main.go FOLDER
//
// FOLDER holds checkpoint, vkey (one verifier key a line), tile/** and tile/entries/**. Checked are
// the checkpoint's signature; the root, from the entries and from the tiles; every tile, by the hash
// above it; every entry against its hash in the tiles; inclusion of every entry (beyond 2,000: of a
// spread); consistency from several earlier sizes. Prints "ok size=N" and exits 0, or says what
// failed and exits 1.
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height       = 8
	fullWidth    = 1 << height
	inclusionMax = 2000
	sizesMax     = 200
)

// folder reads tiles for tlog. x/mod writes tile/8/L/N, C2SP tile/L/N: only the height is left out.
type folder struct {
	dir   string
	cache map[string][]byte
}

func (f *folder) Height() int { return height }

func (f *folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}

func (f *folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, known := f.cache[path]
		if !known {
			var err error
			if data, err = os.ReadFile(filepath.Join(f.dir, path)); err != nil {
				return nil, err
			}
			if len(data) != tile.W*tlog.HashSize {
				return nil, fmt.Errorf("%s: %d bytes, %d expected", path, len(data), tile.W*tlog.HashSize)
			}
			f.cache[path] = data
		}
		all = append(all, data)
	}
	return all, nil
}

// bundlePath is where C2SP puts the entries that x/mod calls tile/8/data/N.
func bundlePath(tile tlog.Tile) string {
	tile.L = -1
	return strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
}

func (f *folder) entries(tile tlog.Tile) ([][]byte, error) {
	path := bundlePath(tile)
	data, err := os.ReadFile(filepath.Join(f.dir, path))
	if err != nil {
		return nil, err
	}
	var all [][]byte
	for len(data) >= 2 {
		length := int(data[0])<<8 | int(data[1])
		if len(data) < 2+length {
			break
		}
		all = append(all, data[2:2+length])
		data = data[2+length:]
	}
	if len(data) != 0 || len(all) != tile.W {
		return nil, fmt.Errorf("%s: not %d entries", path, tile.W)
	}
	return all, nil
}

// openCheckpoint returns the tree that the checkpoint states, after its signature.
func openCheckpoint(dir string) (tlog.Tree, error) {
	var tree tlog.Tree
	keys, err := os.ReadFile(filepath.Join(dir, "vkey"))
	if err != nil {
		return tree, err
	}
	var verifiers []note.Verifier
	for _, line := range strings.Fields(string(keys)) {
		verifier, err := note.NewVerifier(line)
		if err != nil {
			return tree, fmt.Errorf("vkey: %v", err)
		}
		verifiers = append(verifiers, verifier)
	}
	signed, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tree, err
	}
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return tree, fmt.Errorf("checkpoint: %v", err)
	}
	for _, sig := range opened.Sigs { // note.Open lets pass what base64 leaves unused at the end
		if _, err := base64.StdEncoding.Strict().DecodeString(sig.Base64); err != nil {
			return tree, fmt.Errorf("checkpoint: signature: %v", err)
		}
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != opened.Sigs[0].Name {
		return tree, fmt.Errorf("checkpoint: three lines under the key's name expected")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tree, fmt.Errorf("checkpoint: size")
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tree, fmt.Errorf("checkpoint: root")
	}
	tree.N = size
	copy(tree.Hash[:], root)
	return tree, nil
}

// checkEntries compares every entry with the tiles, which `tiles` verifies as it reads them, and the
// root of all entries with the checkpoint's.
func checkEntries(files *folder, tree tlog.Tree, tiles tlog.HashReader) error {
	var stored []tlog.Hash // in the order of tlog.StoredHashIndex, from the entries alone
	fromEntries := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var all []tlog.Hash
		for _, index := range indexes {
			if index >= int64(len(stored)) {
				return nil, fmt.Errorf("hash %d is not there", index)
			}
			all = append(all, stored[index])
		}
		return all, nil
	})
	for first := int64(0); first < tree.N; first += fullWidth {
		tile := tlog.Tile{H: height, L: 0, N: first / fullWidth, W: fullWidth}
		if tree.N-first < fullWidth {
			tile.W = int(tree.N - first)
		}
		entries, err := files.entries(tile)
		if err != nil {
			return err
		}
		var indexes []int64
		for i := range entries {
			indexes = append(indexes, tlog.StoredHashIndex(0, first+int64(i)))
		}
		leaves, err := tiles.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, entry := range entries {
			number := first + int64(i)
			if leaves[i] != tlog.RecordHash(entry) {
				return fmt.Errorf("%s: entry %d is not the one in the tiles", bundlePath(tile), number)
			}
			hashes, err := tlog.StoredHashes(number, entry, fromEntries)
			if err != nil {
				return err
			}
			stored = append(stored, hashes...)
		}
	}
	root, err := tlog.TreeHash(tree.N, fromEntries)
	if err != nil {
		return err
	}
	if tree.N > 0 && root != tree.Hash {
		return fmt.Errorf("root: the entries give %v, the checkpoint says %v", root, tree.Hash)
	}
	return nil
}

// checkTiles reads one hash of every tile above the lowest level; `tiles` verifies the tile by it.
func checkTiles(tree tlog.Tree, tiles tlog.HashReader) error {
	for level := 1; tree.N>>uint(height*level) > 0; level++ {
		for n := int64(0); n < tree.N>>uint(height*level); n += fullWidth {
			if _, err := tiles.ReadHashes([]int64{tlog.StoredHashIndex(height*level, n)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// spread returns at most about `most` numbers from first to last, both among them.
func spread(first, last, most int64) []int64 {
	step := (last-first)/most + 1
	var all []int64
	for n := first; n < last; n += step {
		all = append(all, n)
	}
	return append(all, last)
}

func checkProofs(tree tlog.Tree, tiles tlog.HashReader) error {
	for _, n := range spread(0, tree.N-1, inclusionMax) {
		leaf, err := tiles.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		if err != nil {
			return err
		}
		proof, err := tlog.ProveRecord(tree.N, n, tiles)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, leaf[0]); err != nil {
			return fmt.Errorf("inclusion of entry %d: %v", n, err)
		}
	}
	for _, size := range spread(1, tree.N, sizesMax) {
		root, err := tlog.TreeHash(size, tiles)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, size, tiles)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, size, root); err != nil {
			return fmt.Errorf("consistency from size %d: %v", size, err)
		}
	}
	return nil
}

func check(dir string) (int64, error) {
	tree, err := openCheckpoint(dir)
	if err != nil {
		return 0, err
	}
	if tree.N == 0 {
		const empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
		if tree.Hash.String() != empty {
			return 0, fmt.Errorf("checkpoint: size 0 with a root")
		}
		return 0, nil
	}
	files := &folder{dir, map[string][]byte{}}
	tiles := tlog.TileHashReader(tree, files)
	if err := checkEntries(files, tree, tiles); err != nil {
		return 0, err
	}
	if err := checkTiles(tree, tiles); err != nil {
		return 0, err
	}
	return tree.N, checkProofs(tree, tiles)
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: xmod FOLDER")
		os.Exit(2)
	}
	size, err := check(os.Args[1])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Printf("ok size=%d\n", size)
}
