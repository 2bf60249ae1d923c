// The diagnostic log holds no secret: neither one it was told, nor one that stands under the name of a secret.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openLog } from '../../electron/log.ts'

const folder = mkdtempSync(join(tmpdir(), 'log-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('strikes secrets out by value in every form, and by name', () => {
  const log = openLog(folder, () => 0)
  const secret = 'a"b<c&Geheim'
  log.secret(secret)
  log.write('sent', {
    plain: `it is ${secret}.`,
    xml: '<h:Other>a"b&lt;c&amp;Geheim</h:Other>',
    base64: Buffer.from(secret).toString('base64'),
    body: '<h:SetMEBxPassword_INPUT><h:Password>Unt0ld!</h:Password></h:SetMEBxPassword_INPUT>',
    RFBPassword: 'Unt0ld!',
    HostName: 'pc-01'
  })
  const line = readFileSync(join(folder, 'diagnostic.log'), 'utf8')
  expect(line).not.toMatch(/Geheim|Unt0ld|YSJiPG/)
  expect(JSON.parse(line)).toMatchObject({ plain: 'it is •••.', RFBPassword: '•••', HostName: 'pc-01' })
})
