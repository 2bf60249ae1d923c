// Base64 as it stands in files (RFC 4648 section 4), read strictly: padded, nothing after the padding, spare bits zero.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values: readonly number[] = Array.from({ length: 128 }, (_, code) => digits.indexOf(String.fromCharCode(code)))
const shape = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** The bytes of a Base64 text, or null when it is none. */
export function fromBase64(text: string): readonly number[] | null {
  if (text.length % 4 !== 0 || !shape.test(text)) return null
  const bytes: number[] = []
  let bits = 0
  let count = 0
  const end = text.endsWith('==') ? text.length - 2 : text.endsWith('=') ? text.length - 1 : text.length
  for (let at = 0; at < end; at++) {
    bits = ((bits << 6) | (values[text.charCodeAt(at)] ?? 0)) & 0xffff
    count += 6
    if (count >= 8) {
      count -= 8
      bytes.push((bits >> count) & 0xff)
    }
  }
  return (bits & ((1 << count) - 1)) === 0 ? bytes : null
}

/** Why a text is not Base64, in words that tell nothing of it but its length. */
export function whyNotBase64(text: string): string {
  if (/[^A-Za-z0-9+/=]/.test(text)) return 'it has a sign that Base64 does not have'
  if (text.length % 4 !== 0) return `Base64 has a multiple of 4 characters, this has ${text.length}`
  return fromBase64(text) === null ? 'it is padded as Base64 never is' : 'decoded it is not text that can be typed'
}
