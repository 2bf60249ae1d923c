// The quick reader and the full parser are one: what the quick one takes, the full one reads to the very same tree.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlainXml } from '../../../electron/wsman/plainXml.ts'
import { parseXml, readXml, xmlLimits } from '../../../electron/wsman/xml.ts'

const quick = (source: string) => readPlainXml(source, xmlLimits)

/** Nothing, or the tree the full parser makes. */
function agrees(source: string): boolean {
  const plain = quick(source)
  if (plain === undefined) return false
  const full = parseXml(source)
  expect(full).toEqual({ ok: true, value: plain })
  return true
}

const head = '<?xml version="1.0" encoding="UTF-8"?>'
const answer = `${head}<a:Envelope xmlns:a="http://www.w3.org/2003/05/soap-envelope" xmlns:g="urn:g"  xmlns="urn:d"><a:Header><g:To a:must="true">x &gt; 1</g:To></a:Header><a:Body><g:Thing xmlns:a="urn:other"><a:N>Bäcker 漢字 😀</a:N><Plain/><g:Empty></g:Empty>\n tail </g:Thing></a:Body></a:Envelope>\n`

describe('the quick reader', () => {
  it.each([
    answer.replace(' &gt; 1', ' > 1'),
    '<a/>',
    ' <a b="1"  c="2" /> ',
    '<a xmlns="u"><b xmlns:c="v" c:d="e" d="f"/></a>'
  ])('takes %j', (source) => {
    expect(agrees(source)).toBe(true)
  })

  it.each([
    answer,
    '',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>text',
    'text<a/>',
    '<a b="1" b="2"/>',
    '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>',
    '<p:a/>',
    '<a p:b="1"/>',
    '<a b=1/>',
    '<a b/>',
    '<a b="1"c="2"/>',
    '<a b="<"/>',
    '<a b="\n"/>',
    '<a:b:c xmlns:a="u"/>',
    '<1a/>',
    '<a/ >',
    '< a/>',
    '<a\u00a0/>',
    '<a b="1"\u00a0/>',
    '\u00a0<a/>',
    '<a>]]></a>',
    '<a>&amp;</a>',
    '<a><!-- c --></a>',
    '<a><![CDATA[x]]></a>',
    '<!DOCTYPE a><a/>',
    '<a><?p x?></a>',
    '<a>\u0001</a>',
    '<a>\r\n</a>',
    '<a xmlns:xml="u"/>',
    '<a xmlns:xmlns="u"/>',
    '<a xmlns:p=""/>',
    '<xmlns:a/>',
    `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`
  ])('leaves %j to the full parser', (source) => {
    expect(quick(source)).toBeUndefined()
  })

  it('takes no element for the one that stood there last time', () => {
    const long = 'n'.repeat(70)
    const bodies = [
      ...['<a>1</a><b>2</b>', '<a>1</a><bc>2</bc>', '<a>1</a><b c="1">2</b>', '<a>1</a><b/>', '<a>1</a><b >2</b >'],
      ...['<a>1</a>', '<b>1</b><a>2</a>', '<a><b>1</b></a>', '<a>1<b>2</b></a>', `<${long}>1</${long}><a>2</a>`],
      ...['<a x="1">1</a><a x="2">2</a>', '<a xmlns="u"><b x="1"/></a><b x="1"/>']
    ]
    for (const before of bodies) {
      for (const body of bodies) {
        agrees(`<r>${before}</r>`)
        expect(agrees(`<r>${body}</r>`), `${body} after ${before}`).toBe(!body.includes('</b >'))
      }
      for (const broken of ['<>>', '<a>1</a><>2</>', '<a>1</ab>', '<a>1</a', '<b>1</a>', '<a>&</a>']) {
        expect(quick(`<r>${broken}</r>`), broken).toBeUndefined()
      }
    }
  })

  it('agrees with the full parser about documents out of the usual pieces', () => {
    const piece = fc.constantFrom(
      ...[
        '<a>',
        '</a>',
        '<b>',
        '</b>',
        '<p:a>',
        '</p:a>',
        '<a/>',
        '<a xmlns:p="u">',
        '<a xmlns="v" b="1">',
        '<p:c p:b="2"/>'
      ],
      ...['<b p:b="1" b=">"/>', 'text', ' ', '\n', 'é', '😀', '>', '"', ']]', head]
    )
    let taken = 0
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        for (const source of [pieces.join(''), `<a xmlns:p="w">${pieces.join('')}</a>`]) if (agrees(source)) taken += 1
      }),
      { numRuns: 4_000 }
    )
    expect(taken).toBeGreaterThan(100)
  })

  it('agrees with the full parser about answers with characters changed', () => {
    const source = answer.replace(' &gt; 1', '')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(source.length - 1), fc.constantFrom(...'<>/="\': &!?]-\n\r\t\u0000\ud800é aA1.xm')), {
          minLength: 1,
          maxLength: 3
        }),
        (changes) => {
          let changed = source
          for (const [at, character] of changes) changed = changed.slice(0, at) + character + changed.slice(at + 1)
          // As it would come over the wire: half a character beyond 16 bits cannot.
          agrees(Buffer.from(changed).toString())
        }
      ),
      { numRuns: 4_000 }
    )
  })
})

describe('the decoder', () => {
  it('is none the worse for bytes that were not UTF-8', () => {
    const bad = Buffer.from([0x3c, 0x61, 0x3e, 0xe2, 0x82])
    for (const _ of [1, 2]) {
      expect(readXml(bad).ok).toBe(false)
      expect(readXml(Buffer.from('<a>€</a>'))).toMatchObject({ ok: true, value: { text: '€' } })
    }
  })
})
