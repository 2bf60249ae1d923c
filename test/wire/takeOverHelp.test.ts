// What a person may do for one computer beside a retry: allow older TLS, look into the device.
import { afterEach, expect, test } from 'vitest'
import { closeBenches, computer, endsOf, openBench, value } from '../bench.ts'

afterEach(closeBenches)

test('old TLS is refused without a word of the password, and spoken once a person allowed it for this computer', async () => {
  const old = { ...computer(0, 'tls-only'), amtVersion: '9.1.45.3000' }
  const bench = await openBench({ computers: [old] })
  const { id } = await bench.begin()
  const [refused] = await bench.finished(id)
  expect(refused).toMatchObject({ state: 'person', problem: { code: 'tls-too-old' } })
  const tries = () => bench.core.store.audit.read({ before: null, count: 500, search: 'login tried' }).entries
  expect(tries()).toEqual([])

  const floor = refused?.problem?.title.includes('TLS 1.1') ? '1.1' : '1.0'
  value(await bench.core.imports.allowTls(id, refused?.id ?? '', floor))
  const [job] = await bench.finished(id)
  expect(job).toMatchObject({ state: 'done', facts: { tls: true } })
  expect(job?.facts.protocol).toMatch(/^TLSv1(\.1)?$/)
  const { entries } = bench.core.store.audit.read({ before: null, count: 500, search: 'old TLS allowed' })
  expect(entries).toMatchObject([{ computer: old.name, body: { floor } }])
})

test('the permission holds for one computer only', async () => {
  const [one, other] = [0, 1].map((n) => ({ ...computer(n, 'tls-only'), amtVersion: '9.1.45.3000' }))
  if (!one || !other) throw new Error('two computers')
  const bench = await openBench({ computers: [one, other] })
  const { id } = await bench.begin()
  const jobs = await bench.finished(id)
  value(await bench.core.imports.allowTls(id, jobs[0]?.id ?? '', '1.0'))
  expect(endsOf(await bench.finished(id))).toEqual(['done', 'person: tls-too-old'])
})

test('looking into a device reads with the proved login, changes nothing, and is on record', async () => {
  const bench = await openBench()
  const { id } = await bench.begin()
  const [job] = await bench.finished(id)
  const device = bench.device(computer(0).fqdn)
  const before = device.state().changes
  const { text } = value(await bench.core.look(id, job?.id ?? '', 'AMT_GeneralSettings', 'get'))
  expect(JSON.parse(text)).toMatchObject({ HostName: computer(0).fqdn.split('.')[0] })
  const all = value(await bench.core.look(id, job?.id ?? '', 'CIM_SoftwareIdentity', 'enumerate'))
  expect(JSON.parse(all.text)).toContainEqual(expect.objectContaining({ InstanceID: 'AMT' }))
  expect(device.state().changes).toEqual(before)
  expect(device.state().failedLogins).toBe(0)
  const { entries } = bench.core.store.audit.read({ before: null, count: 10, search: 'device looked into' })
  expect(entries.map(({ body }) => body.what)).toEqual(['Enumerate CIM_SoftwareIdentity', 'Get AMT_GeneralSettings'])
})

test('a device whose login was never proved is not looked into: that would cost a try', async () => {
  const bench = await openBench()
  const { name, fqdn, uuid } = computer(0)
  const wrong = Buffer.from('Bench-Wrong0!').toString('base64')
  const { id } = await bench.begin({}, [name, fqdn, uuid, '', '', wrong].join(','))
  const [job] = await bench.finished(id)
  expect(bench.device(fqdn).state().failedLogins).toBe(1)
  const looked = await bench.core.look(id, job?.id ?? '', 'AMT_GeneralSettings', 'get')
  expect(looked).toMatchObject({ ok: false, problem: { code: 'no-candidate' } })
  expect(bench.device(fqdn).state().failedLogins).toBe(1)
})
