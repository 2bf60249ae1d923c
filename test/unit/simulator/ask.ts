// Requests as an independent client would write them, for the simulator's own tests.
const amt = 'http://intel.com/wbem/wscim/1/amt-schema/1/'
const cim = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/'
const ips = 'http://intel.com/wbem/wscim/1/ips-schema/1/'
const schemas: Readonly<Record<string, string>> = { AMT: amt, IPS: ips, CIM: cim }
const transfer = 'http://schemas.xmlsoap.org/ws/2004/09/transfer'
const enumeration = 'http://schemas.xmlsoap.org/ws/2004/09/enumeration'

const uriOf = (className: string): string => (schemas[className.slice(0, 3)] ?? amt) + className

export function envelope(action: string, className: string, body = '', selectors = ''): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?><Envelope xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" ' +
    'xmlns:w="http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd" xmlns="http://www.w3.org/2003/05/soap-envelope"><Header>' +
    `<a:Action>${action}</a:Action><a:To>/wsman</a:To><w:ResourceURI>${uriOf(className)}</w:ResourceURI>` +
    '<a:MessageID>7</a:MessageID><a:ReplyTo><a:Address>' +
    'http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address></a:ReplyTo>' +
    `<w:OperationTimeout>PT60S</w:OperationTimeout>${selectors}</Header><Body>${body}</Body></Envelope>`
  )
}

export const selector = (name: string, value: string): string =>
  `<w:SelectorSet><w:Selector Name="${name}">${value}</w:Selector></w:SelectorSet>`

const elements = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `<r:${name}>${value}</r:${name}>`)
    .join('')

export const ask = {
  get: (className: string, selectors = '') => envelope(`${transfer}/Get`, className, '', selectors),
  put: (className: string, values: Readonly<Record<string, string>>) =>
    envelope(
      `${transfer}/Put`,
      className,
      `<r:${className} xmlns:r="${uriOf(className)}">${elements(values)}</r:${className}>`
    ),
  create: (className: string) => envelope(`${transfer}/Create`, className, '<x/>'),
  enumerate: (className: string) =>
    envelope(`${enumeration}/Enumerate`, className, `<Enumerate xmlns="${enumeration}"/>`),
  pull: (className: string, context: string, max?: number | string) =>
    envelope(
      `${enumeration}/Pull`,
      className,
      `<Pull xmlns="${enumeration}"><EnumerationContext>${context}</EnumerationContext>${max === undefined ? '' : `<MaxElements>${max}</MaxElements>`}</Pull>`
    ),
  invoke: (className: string, method: string, values: Readonly<Record<string, string>> = {}) =>
    envelope(
      `${uriOf(className)}/${method}`,
      className,
      `<r:${method}_INPUT xmlns:r="${uriOf(className)}">${elements(values)}</r:${method}_INPUT>`
    ),
  identify:
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"><s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>'
} as const

/** The text of an element, whatever its prefix. */
export const textOf = (body: string, name: string): string | undefined =>
  new RegExp(`<\\w+:${name}(?: [^>]*)?>([^<]*)</`).exec(body)?.[1]
