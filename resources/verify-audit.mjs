#!/usr/bin/env node
// Verifies an audit log that AMT Migration Wizard has exported or archived. Plain Node 18 or later, nothing else is needed.
//
//   node verify-audit.mjs FILE...                  files of one installation, archives and an export, in any order
//   node verify-audit.mjs --key "WORDS" FILE...    only if it is signed by the key with this fingerprint (six words)
//   node verify-audit.mjs --head HASH FILE...      only if an entry with this hash is in it, as a report has noted it
//
// It says which entry is the first that does not fit, and why. Exit code: 0 all holds, 1 something does not, 2 wrong use.
//
// What it proves: the entries are those that the holder of the key signed, none altered, left out, added or moved. What it
// cannot prove: that the key is the right one (compare its six words with those on a hand-over report), and that this is the
// newest file (an older export of the same log is as good as new; give the hash from a report with --head to find out).
//
// The format: each line is JSON. The first line says where the log begins and what the hash before it is; then the entries,
// each with the hash of the one before it (`prev`) and its own: SHA-256, in hex, over the JSON array
// [seq, at, actor, kind, importId, jobId, computer, body, prev]. Lines with `head` are signatures over "amt-audit-head 1",
// installation, number, hash and time, joined by line feeds. The last line signs the first line and the last entry.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

class Broken extends Error {}
const broken = (name, why) => {
  throw new Broken(`${name}: ${why}`)
}

const hashOf = ({ seq, at, actor, kind, importId, jobId, computer, body, prev }) =>
  createHash('sha256')
    .update(JSON.stringify([seq, at, actor, kind, importId, jobId, computer, body, prev]))
    .digest('hex')

function isSignedBy(key, text, signature) {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    const isEd25519 = publicKey.asymmetricKeyType === 'ed25519'
    return isEd25519 && verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** The key as six words of five letters: 96 bits of its SHA-256. */
function words(key) {
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest()
  const word = (bits) =>
    'bdfghjklmnprstvz'[(bits >> 12) & 15] +
    'aiou'[(bits >> 10) & 3] +
    'bdfghjklmnprstvz'[(bits >> 6) & 15] +
    'aiou'[(bits >> 4) & 3] +
    'bdfghjklmnprstvz'[bits & 15]
  return [0, 2, 4, 6, 8, 10].map((at) => word(hash.readUInt16BE(at))).join(' ')
}

function parse(text) {
  try {
    const value = JSON.parse(text)
    return value !== null && typeof value === 'object' ? value : {}
  } catch {
    return {}
  }
}

/** A file as its parts; entries are not judged yet. */
function read(path) {
  const name = basename(path)
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parse)
  const begin = lines[0] ?? {}
  if (begin.format !== 'amt-audit 1') broken(name, 'The first line is not the beginning of an audit log.')
  const end = lines.at(-1)
  const isWhole = Array.isArray(end.keys) && typeof end.signature === 'string'
  const middle = lines.slice(1, isWhole ? -1 : undefined)
  const entries = []
  const heads = []
  for (const [index, line] of middle.entries()) {
    if (line.head) heads.push(line.head)
    else if (Number.isInteger(line.seq)) entries.push(line)
    else broken(name, `Line ${index + 2}, where entry ${(entries.at(-1)?.seq ?? begin.from - 1) + 1} is expected, cannot be read.`)
  }
  if (!isWhole) broken(name, `The signature at its end is missing; the last entry that is there is ${entries.at(-1)?.seq ?? 'none'}.`)
  const { format, kind, installation, from, prev } = begin
  const text = [format, kind, installation, from, prev, end.to, end.hash, end.at, ...end.keys].join('\n')
  if (!isSignedBy(end.keys.at(-1), text, end.signature)) {
    broken(name, 'Its signature does not hold: the first or the last line is not what was signed.')
  }
  return { name, ...begin, entries, heads, end, key: end.keys.at(-1) }
}

/** Walks the entries of one file from a place on; the place is moved along. */
function walk(file, place) {
  const { name, entries, heads, end } = file
  const signed = new Map(heads.map((head) => [head.seq, head.hash]))
  signed.set(end.to, end.hash)
  for (const { seq, hash, at, key, signature } of heads) {
    const text = ['amt-audit-head 1', file.installation, seq, hash, at].join('\n')
    if (!end.keys.includes(key) || !isSignedBy(key, text, signature)) {
      broken(name, `The signature for entry ${seq} is not by this installation.`)
    }
  }
  for (const entry of entries) {
    const wanted = place.seq + 1
    if (entry.seq < wanted) broken(name, `Entry ${entry.seq} stands there twice.`)
    if (entry.seq > wanted) {
      const isLater = entries.some(({ seq }) => seq === wanted)
      const why = isLater ? `is not in its place: entry ${entry.seq} stands there.` : 'is missing.'
      broken(name, `Entry ${wanted} ${why}`)
    }
    if (entry.prev !== place.hash) {
      broken(name, `Entry ${wanted} does not follow the entry before it: one of the two was replaced.`)
    }
    if (hashOf(entry) !== entry.hash) broken(name, `Entry ${wanted} is not what was written.`)
    const expected = signed.get(wanted)
    if (expected !== undefined && expected !== entry.hash) {
      const first = place.signed + 1
      const why =
        first === wanted
          ? `Entry ${wanted} is not the one that was signed.`
          : `Between entry ${first} and entry ${wanted} the history was written anew: it is not the one that was signed.`
      broken(name, why)
    }
    place.seq = wanted
    place.hash = entry.hash
    place.hashes.add(entry.hash)
    if (expected !== undefined) place.signed = wanted
  }
  if (place.seq < end.to) {
    const count = end.to - place.seq
    broken(name, count === 1 ? '1 entry is missing at the end.' : `Entries ${place.seq + 1} to ${end.to} are missing at the end.`)
  }
  if (place.seq > end.to) broken(name, `Entry ${end.to + 1} was added after it was signed.`)
}

function judge(paths, { key, head }) {
  const files = paths.map(read).sort((a, b) => a.from - b.from)
  const [first] = files
  const newest = files.at(-1)
  const place = { seq: first.from - 1, hash: first.prev, signed: first.from - 1, hashes: new Set() }
  if (first.from === 1 && !/^0{64}$/.test(first.prev)) broken(first.name, 'Entry 1 claims that something was before it.')
  for (const file of files) {
    if (file.installation !== first.installation || !newest.end.keys.includes(file.key)) {
      broken(file.name, `It is of another installation than ${newest.name}.`)
    }
    if (file.from > place.seq + 1) {
      broken(file.name, `Entries ${place.seq + 1} to ${file.from - 1} are missing before it.`)
    }
    if (file.from <= place.seq) broken(file.name, `It begins at entry ${file.from}, which was there already.`)
    if (file.prev !== place.hash) broken(file.name, `It does not follow the file before it.`)
    walk(file, place)
  }
  const found = words(newest.key)
  if (key !== undefined && key.trim().toLowerCase().split(/\s+/).join(' ') !== found) {
    broken(newest.name, `It is signed by another key: ${found}.`)
  }
  if (head !== undefined && !place.hashes.has(head.trim().toLowerCase())) {
    broken(newest.name, `No entry has the hash ${head}: it is older than what noted that hash, or another history.`)
  }
  return [
    `All entries from ${first.from} to ${place.seq} follow one another and are signed.`,
    ...(first.from > 1 ? [`Entries 1 to ${first.from - 1} are in an archive that was not given.`] : []),
    `Installation: ${newest.installation}`,
    `Key: ${found}`,
    `Signed: ${new Date(newest.end.at).toISOString()}`,
    `Last entry: ${place.hash}`
  ]
}

function main(words) {
  const options = {}
  const paths = []
  for (let at = 0; at < words.length; at++) {
    const name = { '--key': 'key', '--head': 'head' }[words[at]]
    if (name === undefined) paths.push(words[at])
    else options[name] = words[++at]
  }
  if (paths.length === 0 || paths.some((path) => path.startsWith('-'))) {
    process.stderr.write('Usage: node verify-audit.mjs [--key "WORDS"] [--head HASH] FILE...\n')
    return 2
  }
  try {
    process.stdout.write(`${judge(paths, options).join('\n')}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`${error instanceof Broken ? error.message : `It cannot be read: ${error.message}`}\n`)
    return 1
  }
}

process.exitCode = main(process.argv.slice(2))
