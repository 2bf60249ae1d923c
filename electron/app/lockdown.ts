// What the page may not do, in one readable place: no network, no navigation, no windows, no permissions, no downloads.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { app, protocol, type Session, type WebContents } from 'electron'
import type { Log } from '../log.ts'

const scheme = 'app'
const pageOrigin = `${scheme}://wizard`
export const pageAddress = `${pageOrigin}/index.html`

/** Before the program is ready the own scheme must be declared standard and secure, so that the page has an origin. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }])
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2'
}

/** The page's whole world; the nonce admits the style elements that Griffel makes (toolchain.md, Decided). */
const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')

const headers = (type: string, nonce: string): Record<string, string> => ({
  'Content-Type': type,
  'Content-Security-Policy': contentSecurityPolicy(nonce),
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store'
})

const refuse = (status: number): Response => new Response(null, { status })

/** Serves the built page from `folder`, and nothing above it, under the own scheme. */
export function servePage(session: Session, folder: string, log: Log): void {
  session.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url)
    const file = normalize(join(folder, decodeURIComponent(url.pathname)))
    const type = types[extname(file)]
    if (request.method !== 'GET' || url.host !== 'wizard' || !file.startsWith(folder + sep) || type === undefined) {
      log.write('page file refused', { url: request.url })
      return refuse(404)
    }
    const nonce = randomBytes(16).toString('base64')
    const bytes = await readFile(file).catch(() => undefined)
    if (!bytes) return refuse(404)
    const body =
      extname(file) === '.html' ? bytes.toString('utf8').replaceAll('__NONCE__', nonce) : new Uint8Array(bytes)
    return new Response(body, { headers: headers(type, nonce) })
  })
}

/** The one permission a page has: a Copy button may put text on the clipboard. Reading it is not allowed. */
const mayCopy = 'clipboard-sanitized-write'

/** Closes every other way out of a session. */
export function lockSession(session: Session, log: Log): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    if (permission !== mayCopy) log.write('permission refused', { permission })
    answer(permission === mayCopy)
  })
  session.setPermissionCheckHandler((_contents, permission) => permission === mayCopy)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    log.write('download refused', { url: item.getURL() })
    event.preventDefault()
  })
  session.webRequest.onBeforeRequest((details, answer) => {
    const own =
      details.url.startsWith(`${pageOrigin}/`) ||
      details.url.startsWith('devtools://') ||
      details.url.startsWith('data:')
    if (!own) log.write('request refused', { url: details.url })
    answer({ cancel: !own })
  })
}

function lockContents(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    log.write('window refused', { url })
    return { action: 'deny' }
  })
  const refuseNavigation = (event: { preventDefault(): void; url?: string }): void => {
    log.write('navigation refused', { url: event.url ?? '' })
    event.preventDefault()
  }
  contents.on('will-navigate', (event) => {
    if (event.url !== pageAddress) refuseNavigation(event)
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || event.url !== pageAddress) refuseNavigation(event)
  })
  contents.on('will-redirect', refuseNavigation)
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** Holds for every page this program will ever open. */
export function lockEveryPage(log: Log): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, log))
}
