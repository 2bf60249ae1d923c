// Finds the row with a key, of a hundred thousand rows with keys of their own, without holding on to the keys.

/** A key belongs to one row at most. */
export interface KeyIndex {
  /** Gives the key to the row, unless another one has it: then that is answered; undefined = given. */
  add(key: string, row: number): number | undefined
  /** Takes the key away from the row that has it. */
  remove(key: string, row: number): void
}

/** FNV-1a, 32 bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  return hash
}

/** Places to begin with at least; a power of two, as are all later sizes. */
const first = 1024

/** The least number of places for so many keys: at most three quarters of them are taken. */
function placesFor(keys: number): number {
  let places = first
  while (keys * 4 > places * 3) places *= 2
  return places
}

/**
 * An empty index: a hash table of row numbers and hashes, open and probed one place after the other (a Map with a text for
 * each row takes several times the memory and the time). `keyOf` answers the key of a row that is in it; `expected` says how
 * many keys will come, if that is known: a table that grows leaves as much garbage behind as it takes.
 */
export function keyIndexOf(keyOf: (row: number) => string, expected = 0): KeyIndex {
  let size = placesFor(expected)
  let used = 0
  /** By place: number of the row plus 1, 0 = free; and the hash of its key. */
  let rows = new Int32Array(size)
  let hashes = new Int32Array(size)

  const after = (place: number): number => (place + 1) & (size - 1)

  function put(hash: number, entry: number): void {
    let place = hash & (size - 1)
    while (rows[place] !== 0) place = after(place)
    rows[place] = entry
    hashes[place] = hash
  }

  function grow(): void {
    const [entries, known] = [rows, hashes]
    size *= 2
    rows = new Int32Array(size)
    hashes = new Int32Array(size)
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at] ?? 0
      if (entry !== 0) put(known[at] ?? 0, entry)
    }
  }

  return {
    add(key, row) {
      const hash = hashOf(key)
      for (let place = hash & (size - 1); rows[place] !== 0; place = after(place)) {
        const other = (rows[place] ?? 0) - 1
        if (hashes[place] === hash && keyOf(other) === key) return other
      }
      used += 1
      if (used * 4 > size * 3) grow()
      put(hash, row + 1)
      return undefined
    },
    remove(key, row) {
      let gap = hashOf(key) & (size - 1)
      while (rows[gap] !== row + 1) {
        if (rows[gap] === 0) throw new Error(`row ${row} does not have the key that it shall leave`)
        gap = after(gap)
      }
      used -= 1
      // Those behind it that may stand nearer to where they belong move up, so that no search stops at the gap.
      for (let place = after(gap); rows[place] !== 0; place = after(place)) {
        const home = (hashes[place] ?? 0) & (size - 1)
        if (((place - home) & (size - 1)) < ((place - gap) & (size - 1))) continue
        rows[gap] = rows[place] ?? 0
        hashes[gap] = hashes[place] ?? 0
        gap = place
      }
      rows[gap] = 0
    }
  }
}
