// Values are what their declared type says, not what their text looks like.
import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  boolean,
  bytes,
  datetime,
  integer,
  interval,
  list,
  optional,
  readShape,
  reference,
  required,
  string,
  type Values,
  writeShape
} from '../../../electron/wsman/schema.ts'
import { el, readXml, writeXml } from '../../../electron/wsman/xml.ts'

const shape = {
  Name: required(string),
  Nick: optional(string),
  On: required(boolean),
  Count: required(integer),
  Blob: optional(bytes),
  At: optional(datetime),
  Modes: list(integer)
}

const read = (inside: string) => {
  const root = readXml(
    Buffer.from(
      `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:a="urn:a" xmlns:w="urn:w">${inside}</r>`
    )
  )
  if (!root.ok) throw new Error('the test is wrong')
  return readShape(shape, root.value)
}
const plain = '<Name>007</Name><On>false</On><Count>7</Count>'

describe('reading by shape', () => {
  it('infers types', () => {
    expectTypeOf<Values<typeof shape>['Name']>().toEqualTypeOf<string>()
    expectTypeOf<Values<typeof shape>['Nick']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<Values<typeof shape>['Modes']>().toEqualTypeOf<readonly number[]>()
  })

  it('keeps digit strings, single-element arrays, and the difference of empty and absent', () => {
    const one = read(`${plain}<Nick></Nick><Modes>2</Modes><Unknown>x</Unknown>`)
    const none = read(plain)
    expect(one.ok && one.value).toEqual({
      Name: '007',
      Nick: '',
      On: false,
      Count: 7,
      Blob: undefined,
      At: undefined,
      Modes: [2]
    })
    expect(none.ok && [none.value.Nick, none.value.Modes]).toEqual([undefined, []])
    const nil = read(`${plain}<Nick xsi:nil="true"/>`)
    expect(nil.ok && nil.value.Nick).toBeUndefined()
  })

  it('quotes what is wrong, unless its name is that of a secret', () => {
    const told = (name: string) => {
      const root = readXml(Buffer.from(`<r><${name}>Geheim</${name}></r>`))
      const result = root.ok ? readShape({ [name]: required(integer) }, root.value) : root
      return result.ok || [result.problem.where, result.problem.found]
    }
    expect([told('Count'), told('OptInCode')]).toEqual([
      ['r.Count', 'Geheim'],
      ['r.OptInCode', '•••']
    ])
  })

  it('reads and writes lengths of time in minutes', () => {
    const length = (inside: string) => {
      const root = readXml(Buffer.from(`<r><At>${inside}</At></r>`))
      const result = root.ok ? readShape({ At: required(interval) }, root.value) : root
      return result.ok ? result.value.At : result.problem.code
    }
    const texts = ['<Interval>P1DT2H3M</Interval>', 'PT90M', 'P2D', 'PT0S', '0', '5', 'P1Y', '']
    expect(texts.map(length)).toEqual([1563, 90, 2880, 0, 0, 'answer-garbled', 'answer-garbled', 'answer-garbled'])
    fc.assert(
      fc.property(fc.nat(10_000_000), (minutes) => {
        const [written] = interval.write(minutes)
        expect(length(`<Interval>${typeof written === 'string' ? written : written?.content}</Interval>`)).toBe(minutes)
      })
    )
  })

  it('reads bytes and nested dates', () => {
    const result = read(`${plain}<Blob>AAEC /w==\n</Blob><At><Datetime>2022-12-31T23:59:00Z</Datetime></At>`)
    expect(result.ok && result.value.Blob).toEqual(new Uint8Array([0, 1, 2, 255]))
    expect(result.ok && result.value.At).toBe(Date.UTC(2022, 11, 31, 23, 59))
  })

  it.each([
    ['r.Name', '<On>false</On><Count>7</Count>'],
    ['r.Name', `${plain}<Name>twice</Name>`],
    ['r.On', '<Name/><On>yes</On><Count>7</Count>'],
    ['r.Count', '<Name/><On>1</On><Count>7a</Count>'],
    ['r.Count', '<Name/><On>1</On><Count></Count>'],
    ['r.Count', '<Name/><On>1</On><Count>9007199254740993</Count>'],
    ['r.Blob', `${plain}<Blob>baduuid</Blob>`],
    ['r.At', `${plain}<At>31.12.2022</At>`],
    ['r.Modes', `${plain}<Modes>1</Modes><Modes>x</Modes>`]
  ])('refuses a wrong %s', (where, inside) => {
    const result = read(inside)
    expect(result.ok || [result.problem.code, result.problem.where]).toEqual(['answer-garbled', where])
  })
})

describe('writing by shape', () => {
  const values = fc.record({
    Name: fc.constantFrom('', ' 01 ', '<&>"\']]>', 'Bäckerei 漢字 😀'),
    Nick: fc.option(fc.constantFrom('', 'n'), { nil: undefined }),
    On: fc.boolean(),
    Count: fc.maxSafeInteger(),
    Blob: fc.option(fc.uint8Array({ maxLength: 20 }), { nil: undefined }),
    At: fc.option(
      fc.integer({ min: 0, max: 4e9 }).map((seconds) => seconds * 1000),
      { nil: undefined }
    ),
    Modes: fc.array(fc.nat())
  })

  it('gives back what was put in', () => {
    fc.assert(
      fc.property(values, (before) => {
        const written = writeXml(el('r', writeShape(shape, before), { 'xmlns:r': 'urn:r' }))
        const root = written.ok ? readXml(Buffer.from(written.value)) : written
        expect(root.ok && readShape(shape, root.value)).toEqual({ ok: true, value: before })
      })
    )
  })

  it('round-trips references with any selector value', () => {
    const references = { Ref: required(reference) }
    const value = { Ref: { resource: 'urn:x/AMT_Y', selectors: { InstanceID: 'Handle: <1> & "2"' } } }
    const written = writeXml(
      el('r', writeShape(references, value), { 'xmlns:r': 'urn:r', 'xmlns:a': 'urn:a', 'xmlns:w': 'urn:w' })
    )
    const root = written.ok ? readXml(Buffer.from(written.value)) : written
    expect(root.ok && readShape(references, root.value)).toEqual({ ok: true, value })
  })
})
