import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { personalityNames } from '../../../electron/simulator/personalities.ts'
import {
  practiceAccounts,
  practiceComputer,
  practiceFleet,
  practicePasswords,
  sampleCsv
} from '../../../electron/simulator/practice.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('the practice fleet', () => {
  it('is what resources/sample.csv says', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../resources/sample.csv'), 'utf8')
    expect(text.split(/\r?\n/)).toEqual(sampleCsv.split('\r\n'))
  })

  it('has thirty different computers and every personality, most of them healthy', () => {
    expect(practiceFleet).toHaveLength(30)
    for (const key of ['name', 'fqdn', 'uuid', 'mac'] as const)
      expect(new Set(practiceFleet.map((each) => each[key])).size).toBe(30)
    expect(new Set(practiceFleet.map((each) => each.personality))).toEqual(new Set(personalityNames))
    expect(practiceFleet.filter((each) => each.personality === 'healthy').length).toBeGreaterThan(15)
  })

  it('goes on beyond thirty without repeating itself', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => practiceComputer(n))
    for (const key of ['name', 'fqdn', 'uuid', 'mac'] as const)
      expect(new Set(many.map((each) => each[key])).size).toBe(10_000)
    for (const { uuid, mac } of many.slice(-300)) {
      expect(uuid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(mac).toMatch(/^([0-9A-F]{2}:){5}[0-9A-F]{2}$/)
    }
  })

  it('has passwords AMT would take, all of them known to scans', () => {
    expect(new Set(practicePasswords).size).toBe(practicePasswords.length)
    for (const password of practicePasswords) {
      expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w])[ !#-+\--9;-~]{8,32}$/)
    }
    for (const { password } of [...practiceFleet, ...practiceAccounts]) expect(practicePasswords).toContain(password)
  })

  it('gives each device exactly the keys its personality promises', () => {
    const accounts = practiceAccounts.map((each) => each.password)
    const rows = sampleCsv
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(','))
    const blank = practiceFleet.filter((_, n) => rows[n]?.[5] === '')
    expect(new Set(blank.map((each) => each.password))).toEqual(new Set(accounts))
    for (const [n, { password, personality }] of practiceFleet.entries()) {
      const [, , , , , column = ''] = rows[n] ?? []
      const fits = column === base64(password) || accounts.includes(password)
      expect(fits).toBe(personality !== 'wrong-password')
      expect(rows[n]).toHaveLength(6)
    }
  })
})
