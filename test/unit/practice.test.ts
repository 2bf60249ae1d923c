// Practice stays on this computer, remembers its devices over a restart, and knows how each should end.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../electron/clock.ts'
import { outerPractice, type Practice, startPractice } from '../../electron/practice.ts'
import { practiceFleet, practicePasswords } from '../../electron/simulator/practice.ts'
import type { Computer } from '../../shared/computer.ts'
import { filesWith, value } from '../bench.ts'

let folder: string
let practice: Practice | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'amt-practice-'))
})
afterEach(async () => {
  await practice?.close()
  practice = undefined
  rmSync(folder, { recursive: true, force: true })
})

const start = async (): Promise<Practice> => {
  practice = await startPractice({ folder, clock: systemClock, random: (count) => new Uint8Array(randomBytes(count)) })
  return practice
}
const computerOf = (fqdn: string): Computer => ({
  name: '',
  fqdn,
  guid: '',
  mac: '',
  address: '10.0.0.7',
  amtVersion: '',
  amtStatus: '',
  automaticPrevented: false
})

test('the fleet is on loopback, whatever address a row has; strangers are not located', async () => {
  const fleet = await start()
  expect(fleet.computers).toBe(30)
  for (const { fqdn, personality } of practiceFleet) {
    expect(value(fleet.locate(computerOf(fqdn.toUpperCase()))).host).toMatch(/^127\./)
    expect(fleet.expected(computerOf(fqdn))).toMatchObject({ personality })
  }
  expect(fleet.locate(computerOf('pc7.contoso.com'))).toMatchObject({
    ok: false,
    problem: { code: 'not-in-practice-fleet' }
  })
  expect(fleet.expected(computerOf('pc7.contoso.com'))).toBeUndefined()
})

test('a memory that is not whole begins anew, and none holds a password', async () => {
  writeFileSync(join(folder, 'practice-fleet.json'), '{"version":1,"devices":[{"fq')
  const fleet = await start()
  expect(fleet.reset()).toBe(true)
  await fleet.close()
  expect(filesWith(folder, practicePasswords)).toEqual([])
})

test('a folder that is gone does not end the program', async () => {
  const fleet = await start()
  fleet.reset()
  rmSync(folder, { recursive: true, force: true })
  await expect(fleet.close()).resolves.toBeUndefined()
})

describe('devices of another program', () => {
  const line = {
    name: 'PC',
    fqdn: 'PC.practice.example',
    host: '127.0.0.1',
    port: 4711,
    tls: true,
    personality: 'tls-only'
  }

  test('are read from its lines', () => {
    const outer = outerPractice(`${JSON.stringify(line)}\n\n`)
    expect(value(outer.locate(computerOf('pc.PRACTICE.example')))).toEqual({ host: '127.0.0.1', ports: { tls: 4711 } })
    expect(outer.expected(computerOf(line.fqdn))).toMatchObject({ personality: 'tls-only', state: 'done' })
    expect(outer.reset()).toBe(false)
  })

  test.each(['10.0.0.7', '127.0.0.1.example.com', 'localhost', '::1', '1127.0.0.1'])('are refused at %s', (host) => {
    expect(() => outerPractice(JSON.stringify({ ...line, host }))).toThrow(/stays on this computer/)
  })
})
