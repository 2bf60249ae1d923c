// Progress in the terminal: a bar that is drawn over and over there, and only lines where a program reads.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { barOn, barText, importBar } from '../../../electron/cli/bar.ts'
import { sampleCsv } from '../../../electron/simulator/practice.ts'
import { program } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'amt-bar-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('how far it is, in one line that fits', () => {
  expect(barText(12, 30, ['2 need a person'])).toBe(`[${'#'.repeat(9)}${'·'.repeat(15)}] 12 of 30, 2 need a person`)
  expect(barText(0, 0, [])).toContain('0 of 0')
  const totals = { waiting: 1, working: 1, later: 0, done: 1, person: 1, stopped: 0, all: 4 }
  expect(importBar(totals, 90_000)).toMatch(/2 of 4, 1 needs a person, about 1 min 30 s left$/)
  const written: string[] = []
  const bar = barOn({ isTTY: true, columns: 20, write: (text: string | Uint8Array) => written.push(String(text)) > 0 })
  bar.draw(barText(12, 30, []))
  expect(written[0]).toBe(`\r\u001b[K[${'#'.repeat(9)}${'·'.repeat(9)}`)
})

const hasScript = spawnSync('script', ['--version']).status === 0

test('on a terminal the bar is drawn; piped there are lines only; each with the same end', { timeout: 30_000 }, () => {
  if (!hasScript) {
    console.log('the program "script" (util-linux) is not here: the bar was not looked at on a terminal')
    return
  }
  const list = join(folder, 'list.csv')
  writeFileSync(list, sampleCsv.split('\r\n').slice(0, 3).join('\r\n'))
  const words = [process.execPath, program, 'check', list, '--practice', '--data', join(folder, 'data')]
  const onTerminal = execFileSync('script', ['-qec', words.map((word) => `'${word}'`).join(' '), '/dev/null'], {
    encoding: 'utf8',
    input: ''
  })
  const piped = spawnSync(words[0] ?? '', words.slice(1), { encoding: 'utf8' })
  const erase = '\r\u001b[K'
  expect(onTerminal.split(erase).some((text) => /^\[[#·]{24}\] \d of 2/.test(text))).toBe(true)
  expect(piped.stdout + piped.stderr).not.toContain(erase)
  expect(piped.stdout).not.toMatch(/[#·]{24}/)
  for (const out of [onTerminal, piped.stdout]) expect(out).toContain('2 of 2 computers are ready to be taken over.')
  expect([piped.status, piped.stderr]).toEqual([0, ''])
})
