import { X509Certificate } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { expect, test } from 'vitest'
import { rootName, rootWords } from '../../../shared/knownRoots.ts'

test('roots that this runtime brings along have the names of their certificates', () => {
  const named = rootCertificates
    .map((pem) => new X509Certificate(pem))
    .flatMap((root) =>
      [root.fingerprint256, root.fingerprint].map((text) => ({
        subject: root.subject.replaceAll('Certification Authority', 'CA').replaceAll('Certificate Authority', 'CA'),
        name: rootName(text.replaceAll(':', ''))
      }))
    )
    .filter(({ name }) => name !== undefined)
  expect(named.length).toBeGreaterThanOrEqual(10)
  for (const { subject, name = '' } of named) {
    const words = name.split(' ')
    const found = words.filter((word) => subject.toLowerCase().includes(word.toLowerCase()))
    expect(found.length, `${name}: ${subject}`).toBe(words.length)
  }
})

test('others are told by the beginning of their thumbprint', () => {
  expect(rootWords('ab'.repeat(32))).toBe('abababababababab… (not a well-known one)')
  expect(rootWords('C3846BF24B9E93CA64274C0EC67C1ECC5E024FFCACD2D74019350E81FE546AE4')).toBe('Go Daddy Class 2 CA')
})
