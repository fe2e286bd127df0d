// verify_tlog checks a C2SP tlog-tiles log with golang.org/x/mod's sumdb/note and sumdb/tlog, which know nothing of Chaperone.
//
//	verify_tlog LOG-DIRECTORY VKEY-FILE PROOF-DIRECTORY
//
// It checks the checkpoint's signature, rebuilds the tree from the entries and compares every tile and the root with it, proves
// and checks entries from the tiles, and checks the proofs in PROOF-DIRECTORY: entry.bin with entry.tlog-proof, and older-checkpoint with consistency (one hash
// a line). It prints one line, and exits 1 at the first thing that is wrong.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight  = 8
	bundleWidth = 1 << tileHeight
)

func main() {
	if len(os.Args) != 4 {
		fmt.Println("usage: verify_tlog LOG-DIRECTORY VKEY-FILE PROOF-DIRECTORY")
		os.Exit(2)
	}
	tree, err := verify(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
	fmt.Printf("OK size=%d root=%s\n", tree.N, tree.Hash)
}

func verify(logDir, vkeyFile, proofDir string) (tlog.Tree, error) {
	var none tlog.Tree
	vkey, err := os.ReadFile(vkeyFile)
	if err != nil {
		return none, err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return none, err
	}
	signed, err := os.ReadFile(filepath.Join(logDir, "checkpoint"))
	if err != nil {
		return none, err
	}
	tree, err := openCheckpoint(signed, verifier)
	if err != nil {
		return none, fmt.Errorf("checkpoint: %w", err)
	}
	rebuilt, err := rebuild(logDir, tree)
	if err != nil {
		return none, err
	}
	if err := checkTiles(logDir, tree, rebuilt); err != nil {
		return none, err
	}
	if err := checkOwnProofs(tree, tlog.TileHashReader(tree, tiles{logDir})); err != nil {
		return none, err
	}
	if err := checkInclusion(proofDir, verifier); err != nil {
		return none, fmt.Errorf("entry.tlog-proof: %w", err)
	}
	if err := checkConsistency(proofDir, tree, verifier); err != nil {
		return none, fmt.Errorf("consistency: %w", err)
	}
	return tree, nil
}

// tiles reads tiles of a directory.
type tiles struct{ dir string }

func (t tiles) Height() int                     { return tileHeight }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(t.dir, tilePath(tile)))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

// tilePath drops the height that x/mod's paths name and those of C2SP do not.
func tilePath(tile tlog.Tile) string {
	return strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
}

// treeHashes are the hashes of a tree in memory, in x/mod's storage order.
type treeHashes []tlog.Hash

func (t *treeHashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, index := range indexes {
		if index >= int64(len(*t)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		found = append(found, (*t)[index])
	}
	return found, nil
}

func openCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	var none tlog.Tree
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return none, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return none, fmt.Errorf("not a checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return none, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// rebuild computes the tree from the entries alone, comparing each leaf with its tile on the way.
func rebuild(dir string, tree tlog.Tree) (*treeHashes, error) {
	rebuilt := new(treeHashes)
	for first := int64(0); first < tree.N; first += bundleWidth {
		width := tree.N - first
		if width > bundleWidth {
			width = bundleWidth
		}
		tile := tlog.Tile{H: tileHeight, L: 0, N: first / bundleWidth, W: int(width)}
		path := strings.Replace(tilePath(tile), "tile/0/", "tile/entries/", 1)
		bundle, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return nil, err
		}
		leaves, err := os.ReadFile(filepath.Join(dir, tilePath(tile)))
		if err != nil {
			return nil, err
		}
		if len(leaves) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: %d bytes", tilePath(tile), len(leaves))
		}
		for i := int64(0); i < width; i++ {
			entry, rest, err := nextEntry(bundle)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			leaf := tlog.RecordHash(entry)
			if !bytes.Equal(leaf[:], leaves[i*tlog.HashSize:(i+1)*tlog.HashSize]) {
				return nil, fmt.Errorf("leaf %d: differs from %s", first+i, tilePath(tile))
			}
			stored, err := tlog.StoredHashesForRecordHash(first+i, leaf, rebuilt)
			if err != nil {
				return nil, err
			}
			*rebuilt = append(*rebuilt, stored...)
			bundle = rest
		}
		if len(bundle) != 0 {
			return nil, fmt.Errorf("%s: %d bytes too many", path, len(bundle))
		}
	}
	return rebuilt, nil
}

// checkTiles compares every tile that a tree of this size has, at all levels, and the signed root.
func checkTiles(dir string, tree tlog.Tree, rebuilt *treeHashes) error {
	all := tlog.NewTiles(tileHeight, 0, tree.N)
	for i, tile := range all {
		if i+1 < len(all) && all[i+1].L == tile.L && all[i+1].N == tile.N {
			continue // a narrower form of the next one; a log has those only of sizes that it signed
		}
		want, err := tlog.ReadTileData(tile, rebuilt)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(dir, tilePath(tile)))
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return fmt.Errorf("%s: differs from the entries", tilePath(tile))
		}
	}
	root, err := tlog.TreeHash(tree.N, rebuilt)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("root: signed %s, entries have %s", tree.Hash, root)
	}
	return nil
}

func nextEntry(bundle []byte) (entry, rest []byte, err error) {
	if len(bundle) < 2 {
		return nil, nil, errors.New("ends early")
	}
	length := int(binary.BigEndian.Uint16(bundle))
	if len(bundle) < 2+length {
		return nil, nil, errors.New("ends inside an entry")
	}
	return bundle[2 : 2+length], bundle[2+length:], nil
}

func checkOwnProofs(tree tlog.Tree, hashes tlog.HashReader) error {
	for _, index := range []int64{0, tree.N / 2, tree.N * 2 / 3, tree.N - 1} {
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return err
		}
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf[0]); err != nil {
			return err
		}
	}
	return nil
}

// checkInclusion checks a file made by Chaperone: header, index, hashes, blank line, checkpoint.
func checkInclusion(dir string, verifier note.Verifier) error {
	entry, err := os.ReadFile(filepath.Join(dir, "entry.bin"))
	if err != nil {
		return err
	}
	file, err := os.ReadFile(filepath.Join(dir, "entry.tlog-proof"))
	if err != nil {
		return err
	}
	blank := strings.Index(string(file), "\n\n")
	if blank < 0 {
		return errors.New("no blank line")
	}
	head := strings.Split(string(file[:blank]), "\n")
	if len(head) < 2 || head[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(head[1], "index ") {
		return fmt.Errorf("header %q", head)
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := parseHashes(head[2:])
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(file[blank+2:], verifier)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

func checkConsistency(dir string, tree tlog.Tree, verifier note.Verifier) error {
	signed, err := os.ReadFile(filepath.Join(dir, "older-checkpoint"))
	if err != nil {
		return err
	}
	older, err := openCheckpoint(signed, verifier)
	if err != nil {
		return err
	}
	file, err := os.ReadFile(filepath.Join(dir, "consistency"))
	if err != nil {
		return err
	}
	proof, err := parseHashes(strings.Fields(string(file)))
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash)
}

func parseHashes(lines []string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range lines {
		decoded, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(decoded) != tlog.HashSize {
			return nil, fmt.Errorf("not a hash: %q", line)
		}
		var hash tlog.Hash
		copy(hash[:], decoded)
		hashes = append(hashes, hash)
	}
	return hashes, nil
}
