// A report as PDF: laid out and printed by a page of its own, hidden, without scripts, that can reach nothing but the report.
import { BrowserWindow, session } from 'electron'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Log } from '../log.ts'
import { lockSession, pageAddress } from './lockdown.ts'

/** Longest that laying out and printing may take (ms); ten thousand computers take some 20 s. */
const longest = 120_000

const small = 'font-size:8px;color:#616161;width:100%;padding:0 12mm;display:flex;justify-content:space-between'

/** Says in whose footer the page numbers stand; `title` is plain text. */
const footer = (title: string): string =>
  `<div style="${small}"><span>${title.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`

let pages = 0

/** The bytes of the PDF. Problem: pdf-failed. */
export async function pdfOf(html: string, title: string, log: Log): Promise<Result<Uint8Array>> {
  // A partition that is not persistent lives as long as the program: each report has one of its own.
  const own = session.fromPartition(`report-${++pages}`)
  lockSession(own, log)
  own.protocol.handle('app', (request) =>
    request.url === pageAddress
      ? new Response(html, { headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' } })
      : new Response(null, { status: 404 })
  )
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      images: false,
      disableBlinkFeatures: 'Auxclick',
      spellcheck: false
    }
  })
  const late = setTimeout(() => window.destroy(), longest)
  try {
    await window.loadURL(pageAddress)
    const bytes = await window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer(title)
    })
    return ok(new Uint8Array(bytes))
  } catch (error) {
    return fail('pdf-failed', { detail: error instanceof Error ? error.message : String(error) })
  } finally {
    clearTimeout(late)
    if (!window.isDestroyed()) window.destroy()
    own.protocol.unhandle('app')
  }
}
