// Strikes secrets out of SOAP bodies and of what is printed: by the name of the element, and by the value itself.

/** What stands in place of a secret. Its length never depends on the secret. */
export const struckOut = '•••'

/**
 * Elements whose text is a secret, without prefix, in small letters: passwords in clear and as digests, keys, one-time
 * passwords and consent codes of all classes.
 */
const secretNames: ReadonlySet<string> = new Set(
  [
    ...['Password', 'DigestPassword', 'NetworkAdminPassword', 'UserPassword', 'MEBxPassword', 'MpsPassword'],
    ...['RFBPassword', 'RSEPassword', 'PACPassword', 'AdminPassword', 'ProtectedAccessCredential', 'Secret'],
    ...['PSKPassPhrase', 'PassPhrase', 'PSKValue', 'PSK', 'PPS', 'Keys', 'MasterKey', 'KeyBlob', 'SigningKey'],
    ...['PrivateKey', 'ProvisioningServerOTP', 'OTP', 'OptInCode']
  ].map((name) => name.toLowerCase())
)

/** Whether what stands under this name (a prefix does not matter) must not be shown. */
export const isSecretName = (name: string): boolean =>
  secretNames.has(name.slice(name.lastIndexOf(':') + 1).toLowerCase())

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;'
}
const escaped = (text: string, which: RegExp): string => text.replace(which, (c) => escapes[c] ?? c)

/** Printable ASCII that neither XML nor JSON escapes. */
const unescaped = /^[ !#-%(-;=?-[\]-~]*$/

/** All forms in which a secret may turn up: as it is, in XML, in base64, and each of them in JSON; longest first. */
export function formsOf(secret: string): readonly string[] {
  const encoded = Buffer.from(secret, 'utf8').toString('base64')
  if (secret !== '' && unescaped.test(secret)) return [encoded, secret]
  const inXml = [escaped(secret, /[&<>]/g), escaped(secret, /[&<>"']/g)]
  const forms = [secret, ...inXml, encoded]
  const all = new Set([...forms, ...forms.map((form) => JSON.stringify(form).slice(1, -1))])
  return [...all].sort((a, b) => b.length - a.length)
}

// An element's text up to the next tag, or to where a broken body ends; a CDATA section counts as text.
const element = /<((?:[\w.-]+:)?([\w.-]+))(\s[^<>]*)?>((?:<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|[^<])+)/g
const member = /"([\w.:-]+)":\s*("(?:[^"\\]|\\.)*"?|\[[^\]]*\]?|-?\d[\d.eE+-]*)/g

/** Text with XML or JSON in it, broken or not: what stands under the name of a secret is struck out. */
export const redactText = (text: string): string =>
  text
    .replace(element, (whole, name: string, local: string, attrs: string | undefined) =>
      isSecretName(local) ? `<${name}${attrs ?? ''}>${struckOut}` : whole
    )
    .replace(member, (whole, name: string, value: string) =>
      isSecretName(name) && value !== '""' ? `"${name}":"${struckOut}"` : whole
    )

/** The same for a value that is to be printed. An empty text stays, since that it is empty is no secret. */
export function redactValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  const shown = (name: string, inner: unknown) =>
    isSecretName(name) && inner !== '' && inner !== undefined ? struckOut : redactValue(inner)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shown(name, inner)]))
}
