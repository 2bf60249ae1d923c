// The shape of AMT's HTTP: header order, the refusal page, chunk sizes, and the ways an answer can be damaged.
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { BodyFault } from './faults.ts'
import { generationOf } from './generations.ts'
import { type DeviceState, majorVersion } from './state.ts'

/** Recorded replies split into chunks of about this many bytes, in the middle of elements. */
const chunkSize = 0x513
const hugeBody = 50 * 1_048_576

/** Raw header pairs, flat: name, value, name, value. Node sends them in this order and adds none. */
type Headers = readonly string[]

const serverName = (state: DeviceState): string => `Intel(R) Active Management Technology ${state.amtVersion}`

/** The page of a 401. One attribute differs between the generations: 690 bytes up to AMT 11, 693 from 12. */
export function refusalPage(state: DeviceState): string {
  const align = majorVersion(state.amtVersion) < 12 ? 'top' : 'middle'
  return [
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" >',
    '<html><head><link rel=stylesheet href=/styles.css>',
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
    '<title>Intel&reg; Active Management Technology</title></head>',
    '<body>',
    '<table class=header>',
    '<tr><td valign=top nowrap>',
    '<p class=top1>Intel<font class=r><sup>&reg;</sup></font> Active Management Technology',
    `<td valign="${align}"><img src="logo.gif" align="right" alt="Intel">`,
    '</table>',
    '<br />',
    '<h2 class=warn>Log on failed. Incorrect user name or password, or user account temporarily locked.</h2>',
    '',
    '<p>',
    '<form METHOD="GET" action="index.htm"><h2><input type=submit value="Try again">',
    '</h2></form>',
    '<p>',
    '',
    '</body>',
    '</html>',
    ''
  ].join('\n')
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error'
}

/** Sends status line and exactly these headers; the caller frames the body itself. */
function head(response: ServerResponse, status: number, headers: Headers): void {
  response.sendDate = false
  // Without this Node adds Connection and Keep-Alive headers no AMT sends.
  response.removeHeader('connection')
  response.writeHead(status, reasons[status], [...headers])
  // Node would write its own lower-case chunk sizes otherwise.
  response.chunkedEncoding = false
}

/** Answers with a page and closes the connection; `first` headers stand before the usual ones. */
export function sendPage(
  response: ServerResponse,
  state: DeviceState,
  status: number,
  page: string,
  first: Headers = []
): void {
  const length = String(Buffer.byteLength(page))
  const rest = ['Content-Type', 'text/html', 'Server', serverName(state), 'Content-Length', length]
  head(response, status, [...first, ...rest, 'Connection', 'close'])
  response.end(page)
}

/** Four digits, upper case, leading zero: "0513". */
const chunkHead = (length: number): string => `${length.toString(16).toUpperCase().padStart(4, '0')}\r\n`

function framed(body: string): Buffer {
  const bytes = Buffer.from(body, 'utf8')
  const parts: Buffer[] = []
  for (let at = 0; at < bytes.length; at += chunkSize) {
    const part = bytes.subarray(at, at + chunkSize)
    parts.push(Buffer.from(chunkHead(part.length)), part, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

/** Writes chunks of filler until `bytes` are out or the client is gone, never faster than it reads. */
async function pour(response: ServerResponse, bytes: number): Promise<void> {
  // A client that hangs up meanwhile is what this fault is for, so errors end it like a close does.
  const quietly = (event: string) => once(response, event).catch(() => undefined)
  const gone = quietly('close')
  const filler = Buffer.from(`${chunkHead(0x0fff)}${'x'.repeat(0x0fff)}\r\n`)
  for (let left = bytes; left > 0 && !response.destroyed; left -= 0x0fff)
    if (!response.write(filler)) await Promise.race([quietly('drain'), gone])
  if (!response.destroyed) response.end('0\r\n\r\n')
}

const damage: Readonly<Record<BodyFault, (response: ServerResponse) => Promise<void> | void>> = {
  garbage: (response) => void response.end(framed('<<< \u0000 this is not XML & never was')),
  endless: (response) => pour(response, Number.POSITIVE_INFINITY),
  huge: (response) => pour(response, hugeBody),
  'half-chunk': (response) =>
    void response.write(`${chunkHead(chunkSize)}<?xml version="1.0"`, () => response.socket?.destroy())
}

/** Sends a SOAP answer in chunks, or what the fault switches make of it. `date`: the device's own time, milliseconds. */
export async function sendSoap(
  response: ServerResponse,
  state: DeviceState,
  reply: { readonly status: number; readonly body: string },
  date: number,
  clock: Clock
): Promise<void> {
  head(response, reply.status, [
    'Date',
    new Date(date).toUTCString(),
    'Server',
    serverName(state),
    'X-Frame-Options',
    'DENY',
    'Content-Type',
    generationOf(state.amtVersion).contentType,
    'Transfer-Encoding',
    'chunked',
    ...(reply.status === 400 ? ['Connection', 'close'] : [])
  ])
  const { body, slowBytesMs } = state.faults
  if (body !== null) return damage[body](response)
  const bytes = framed(reply.body)
  if (slowBytesMs === 0) return void response.end(bytes)
  for (let at = 0; at < bytes.length && !response.destroyed; at += 16) {
    response.write(bytes.subarray(at, at + 16))
    await clock.sleep(slowBytesMs)
  }
  if (!response.destroyed) response.end()
}
