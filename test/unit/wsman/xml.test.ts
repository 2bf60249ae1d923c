// What the XML reader takes and refuses, and that written values come back as they were.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { child, el, readXml, writeXml, xmlLimits } from '../../../electron/wsman/xml.ts'
import { tame } from '../../../shared/tame.ts'

const read = (text: string, limits = xmlLimits) => readXml(Buffer.from(text, 'utf8'), limits)
const problemOf = (text: string, limits = xmlLimits) => {
  const result = read(text, limits)
  return result.ok ? undefined : result.problem
}

describe('reading', () => {
  it('resolves namespaces whatever the prefixes are', () => {
    const a = read('<a:x xmlns:a="urn:1" xmlns:b="urn:2" b:k="v" plain="p"><b:y>t<![CDATA[<&>]]></b:y></a:x>')
    const b = read('<x xmlns="urn:1" xmlns:q="urn:2" q:k="v" plain="p"><q:y>t&lt;&amp;&gt;</q:y></x>')
    expect(a.ok && b.ok).toBe(true)
    if (!a.ok || !b.ok) return
    expect([a.value.ns, a.value.local, a.value.attrs.get('{urn:2}k'), a.value.attrs.get('plain')]).toEqual([
      'urn:1',
      'x',
      'v',
      'p'
    ])
    expect(child(a.value, 'y', 'urn:2')?.text).toBe('t<&>')
    expect(child(b.value, 'y', 'urn:2')?.text).toBe('t<&>')
  })

  it.each([
    ['not closed', '<a><b></a>'],
    ['text before the declaration', 'x<?xml version="1.0"?><a/>'],
    ['document type', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'],
    ['document type without entities', '<!DOCTYPE a><a/>'],
    ['unknown entity', '<a>&nbsp;</a>'],
    ['unknown prefix', '<q:a/>'],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
    ['two roots', '<a/><b/>'],
    ['nothing', ''],
    ['a control character', '<a>\u0001</a>']
  ])('refuses %s and says where', (_, text) => {
    expect(problemOf(text)?.code).toBe('answer-garbled')
  })

  it('names line and column but quotes nothing of the document', () => {
    const found = problemOf('<a>\n  <Geheim1!>\n</a>')
    expect(found?.where).toMatch(/^line 2, column \d+$/)
    expect(JSON.stringify(found)).not.toContain('Geheim1')
    expect(JSON.stringify(problemOf('<a><Geheim1></a>'))).not.toContain('Geheim1')
  })

  it('refuses bytes that are not UTF-8', () => {
    const result = readXml(new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))
    expect(result.ok || result.problem.code).toBe('answer-garbled')
  })

  it('stops at its limits', () => {
    expect(problemOf('<a>'.repeat(65))?.code).toBe('answer-too-big')
    expect(problemOf(`${'<a>'.repeat(64)}${'</a>'.repeat(64)}`)).toBeUndefined()
    expect(problemOf('<a><b/><b/></a>', { ...xmlLimits, nodes: 2 })?.code).toBe('answer-too-big')
    expect(problemOf('<a></a>', { ...xmlLimits, bytes: 6 })?.code).toBe('answer-too-big')
  })

  it('reads characters beyond the basic plane that fall on a piece border', () => {
    const text = `${'x'.repeat(64 * 1024 - 4)}😀`
    const result = read(`<a>${text}</a>`)
    expect(result.ok && result.value.text === text).toBe(true)
  })
})

describe('writing', () => {
  const tricky = fc.oneof(
    fc.constantFrom(
      '&',
      '<',
      '>',
      '"',
      "'",
      ']]>',
      '<![CDATA[',
      '&amp;',
      '\r\n',
      '\t',
      'é',
      'ß',
      '漢字',
      '😀',
      '\u0085'
    ),
    fc.string({ unit: 'binary' })
  )
  const legal = fc
    .array(tricky)
    .map((parts) => parts.join(''))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 cannot carry.
    .filter((text) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text) && text.isWellFormed())

  it('gives every legal value back, in text and in attributes; what is no letter of a name is tamed', () => {
    fc.assert(
      fc.property(legal, legal, (text, attr) => {
        const written = writeXml(el('r', [el('v', text, { Name: attr })]))
        const back = written.ok ? read(written.value) : written
        const v = back.ok ? child(back.value, 'v') : undefined
        expect(v?.text).toBe(tame(text))
        expect(v?.attrs.get('Name')).toBe(tame(attr))
      })
    )
  })

  it.each(['a\u0000b', '\u001b', '\ufffe', '\ud800', 'x\udc00'])(
    'refuses %j by the name of its element only',
    (value) => {
      const text = writeXml(el('r', [el('r:Password', `Geheim1!${value}`)]))
      const attr = writeXml(el('r', [el('w:Selector', '', { Name: `Geheim1!${value}` })]))
      expect(text.ok || [text.problem.code, text.problem.where]).toEqual(['value-unwritable', 'r:Password'])
      expect(attr.ok || attr.problem.code).toBe('value-unwritable')
      expect(JSON.stringify([text, attr])).not.toContain('Geheim1')
    }
  )
})
