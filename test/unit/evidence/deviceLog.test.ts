// The device's own audit log: records as firmware writes them, read in pages, kept with the job, and never in its way.
import { afterEach, expect, test } from 'vitest'
import { decodeRecord } from '../../../electron/provision/deviceLog.ts'
import { deviceRecordWords } from '../../../shared/deviceLog.ts'
import { closeBenches, computer, openBench, value } from '../../bench.ts'
import { haveRecordings, recording } from '../wsman/recordings.ts'

afterEach(closeBenches)

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

test('a record of a login over HTTP digest', () => {
  const record = decodeRecord(bytes('0010 0003 00 05 61646d696e 5f000000 00 09 31302e302e302e3132 02 0102'))
  expect(record).toEqual({ app: 16, event: 3, who: 'admin', at: 0x5f000000 * 1000, from: '10.0.0.12', more: '0102' })
  expect(record && deviceRecordWords(record)).toBe('Security administration: user changed')
})

test('a record of a Kerberos user, of the computer itself, and of an unknown part', () => {
  const sid = '01 02 000000000005 20000000 20020000'
  expect(decodeRecord(bytes(`0011 0000 01 00000002 10 ${sid} 00000001 02 00 00`))).toMatchObject({
    who: 'S-1-5-32-544',
    from: ''
  })
  expect(decodeRecord(bytes('0015 0000 02 00000001 02 00 00'))).toMatchObject({ who: 'the computer itself', at: 1000 })
  expect(deviceRecordWords({ app: 99, event: 7 })).toBe('Part 99: event 7')
})

test.each(['', '0010', '0010 0003 00 ff 61', '0010 0003 02 00000001 00 05 31', '0010 0003 02 00000001 02 00 09 01'])(
  'a record that is shorter than it says is none: %s',
  (hex) => expect(decodeRecord(bytes(hex))).toBeUndefined()
)

test.skipIf(!haveRecordings)('a recorded firmware update: from 12.0.40.1433 to 12.0.36.1428', () => {
  const xml = recording('go-wsman-messages/amt/auditlog/readrecords.xml').toString('utf8')
  const records = [...xml.matchAll(/<g:EventRecords>([^<]+)</g)].map(([, text = '']) =>
    decodeRecord(Buffer.from(text, 'base64'))
  )
  expect(records).toHaveLength(2)
  expect(records[0]).toMatchObject({
    app: 19,
    event: 0,
    who: 'the computer itself',
    more: '000c000000280599000c000000240594'
  })
  expect(records[0] && deviceRecordWords(records[0])).toBe('Firmware update: firmware updated')
})

test('it is kept with a job that is done, and one that cannot be read leaves the job done', async () => {
  const bench = await openBench({ computers: [computer(0), computer(1)] })
  const open = bench.core.store.deviceLogs
  const started = await bench.begin()
  const [first, second] = await bench.finished(started.id)
  expect([first?.state, second?.state]).toEqual(['done', 'done'])
  const log = open.of(first?.id ?? '')
  expect(log?.total).toBeGreaterThan(0)
  expect(log?.records).toHaveLength(Math.min(log?.total ?? 0, 100))
  expect(log?.unread).toBe(0)
  const json = value(bench.core.imports.document(started.id, 'json')).text
  expect(JSON.parse(json)).toMatchObject({ jobs: [{ deviceLog: { total: log?.total } }, {}] })
})

test('firmware that refuses its log: the job is done, and none is kept', async () => {
  const bench = await openBench()
  const { openDevice } = await import('../../../electron/wsman/client.ts')
  await bench.reopen({
    openDevice: (options) => {
      const device = openDevice(options)
      return {
        ...device,
        invoke: (target, method, ...rest) => {
          if (method === 'ReadRecords') throw new Error('a bug while reading the log')
          return device.invoke(target, method, ...rest)
        }
      }
    }
  })
  const started = await bench.begin()
  const [job] = await bench.finished(started.id)
  expect(job?.state).toBe('done')
  expect(bench.core.store.deviceLogs.of(job?.id ?? '')).toBeUndefined()
})
