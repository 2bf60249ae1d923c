// The logs a device keeps, the alarm clock, and the auditor's lock.
import type { DeviceState } from '../state.ts'
import { type Instance, numberOf, partOf, textOf } from '../value.ts'
import {
  type Call,
  type Classes,
  fixed,
  type MethodOutcome,
  no,
  ok,
  reads,
  refer,
  sorted,
  status,
  systemKeys,
  writes
} from './kind.ts'
import { removeRow, stateChange, table, withRows } from './table.ts'

/** How many records one ReadRecords brings. */
const page = 10
/** Who did what: the application, the event, the initiator "admin" over HTTP digest, a time, and an address. */
function auditRecords(state: DeviceState): readonly string[] {
  const events = Object.keys(state.changes)
  return events.map((_, at) => {
    const record = Buffer.alloc(16)
    record.writeUInt16BE(0x10, 0)
    record.writeUInt16BE(at % 8, 2)
    record[4] = 2
    record.writeUInt32BE(0x6a00_0000 + at, 5)
    return record.toString('base64')
  })
}

function readAuditRecords({ state, fields }: Call): MethodOutcome {
  const start = numberOf(fields, 'StartIndex')
  const all = auditRecords(state)
  if (start === undefined || start < 1) return no(state, status.parameter)
  const records = all.slice(start - 1, start - 1 + page)
  return ok(
    state,
    ['TotalRecordCount', String(all.length)],
    ['RecordsReturned', String(records.length)],
    ['EventRecords', records]
  )
}

/** 21 bytes an event: seconds, then sensor, event, severity and data. */
const eventRecord = (seconds: number): string => {
  const record = Buffer.alloc(21)
  record.writeUInt32LE(seconds, 0)
  Buffer.from('ff0f026f6801ff220040070000000000', 'hex').copy(record, 4)
  return record.toString('base64')
}
const events = [1_700_000_000, 1_700_003_600, 1_700_007_200].map(eventRecord)

const messageLog: Instance = {
  Capabilities: ['5', '6', '8', '7'],
  CharacterSet: '10',
  CreationClassName: 'AMT_MessageLog',
  CurrentNumberOfRecords: String(events.length),
  ElementName: 'Intel(r) AMT:MessageLog 1',
  EnabledDefault: '2',
  EnabledState: '2',
  HealthState: '5',
  IsFrozen: 'false',
  LastChange: '0',
  LogState: '4',
  MaxLogSize: '0',
  MaxNumberOfRecords: '390',
  MaxRecordSize: '21',
  Name: 'Intel(r) AMT:MessageLog 1',
  OperationalStatus: ['2'],
  OverwritePolicy: '2',
  PercentageNearFull: '100',
  RequestedState: '12',
  SizeOfHeader: '0',
  SizeOfRecordHeader: '0',
  Status: 'OK'
}

const messageLogName = 'AMT_MessageLog'

const withLog = ({ state, instance }: Call, change: Instance): MethodOutcome =>
  ok(withRows(state, messageLogName, [{ ...instance, ...change }]))

/** A frozen log takes no event and loses none. */
const clearLog = (call: Call): MethodOutcome =>
  call.instance.IsFrozen === 'true'
    ? no(call.state, status.frozen)
    : withLog(call, { CurrentNumberOfRecords: '0', PercentageNearFull: '0' })

function freezeLog(call: Call): MethodOutcome {
  const wanted = textOf(call.fields, 'Freeze')
  if (wanted !== 'true' && wanted !== 'false') return no(call.state, status.parameter)
  return withLog(call, { IsFrozen: wanted })
}

function getRecords({ state, instance, fields }: Call): MethodOutcome {
  const at = numberOf(fields, 'IterationIdentifier') ?? 0
  const most = numberOf(fields, 'MaxReadRecords') ?? 0
  if (at < 1 || most < 1) return no(state, status.parameter)
  const kept = events.slice(0, Number(instance.CurrentNumberOfRecords))
  const records = kept.slice(at - 1, at - 1 + most)
  const next = at + records.length
  return ok(
    state,
    ['IterationIdentifier', String(next)],
    ['NoMoreRecords', String(next > kept.length)],
    ['RecordArray', records]
  )
}

const alarmName = 'IPS_AlarmClockOccurrence'
const maxAlarms = 5

function addAlarm({ state, fields }: Call): MethodOutcome {
  const given = partOf(fields, 'AlarmTemplate')
  const id = given ? textOf(given, 'InstanceID') : ''
  const [start] = given?.get('StartTime') ?? []
  const rows = state.stored[alarmName] ?? []
  // A length of time: a text of its own, or as newer clients write it, in an element of the same name.
  const interval = given ? textOf(partOf(given, 'Interval') ?? given, 'Interval') : ''
  if (!given || id === '' || typeof start !== 'object' || !('datetime' in start)) return no(state, status.parameter)
  if (rows.some((each) => each.InstanceID === id)) return no(state, status.duplicate)
  if (rows.length >= maxAlarms) return no(state, status.limit)
  const row = sorted({
    DeleteOnCompletion: textOf(given, 'DeleteOnCompletion'),
    ElementName: textOf(given, 'ElementName'),
    InstanceID: id,
    ...(interval !== '' && { Interval: interval }),
    StartTime: start
  })
  return ok(withRows(state, alarmName, [...rows, row]), ['AlarmClock', refer(alarmName, { InstanceID: id })])
}

/** An auditor holds the lock as long as its own log-in; the practice auditor is whoever asks. */
function setAuditLock({ state, fields }: Call): MethodOutcome {
  const wanted = numberOf(fields, 'Flag')
  if (wanted !== 1 && wanted !== 2) return no(state, status.parameter)
  return ok({ ...state, auditLocked: wanted === 1 }, ['Handle', '1'])
}

export const logClasses: Classes = {
  AMT_AuditLog: {
    common: true,
    instances: (state) => [
      {
        AuditState: state.auditLocked ? '17' : '16',
        CurrentNumberOfRecords: String(auditRecords(state).length),
        ElementName: 'Intel(r) AMT Audit Log',
        EnabledState: '2',
        MaxAllowedAuditors: '1',
        MaxNumberOfRecords: '0',
        Name: 'Intel(r) AMT:Audit Log',
        OverwritePolicy: '2',
        PercentageFree: '92',
        RequestedState: '2',
        StoragePolicy: '1',
        TimeOfLastRecord: { datetime: '2026-01-03T00:44:35Z' }
      }
    ],
    methods: {
      ReadRecords: reads(readAuditRecords),
      // AuditState 16 says so: nobody gave this device a key to sign with.
      ExportAuditLogSignature: reads(({ state }) => no(state, status.keyMissing)),
      SetAuditLock: writes(setAuditLock),
      ClearLog: writes(({ state }) => (state.auditLocked ? no(state, status.notPermitted) : ok(state))),
      RequestStateChange: writes(({ state }) => ok(state))
    }
  },
  AMT_MessageLog: table(messageLogName, () => [messageLog], {
    common: true,
    methods: {
      PositionToFirstRecord: reads(({ state }) => ok(state, ['IterationIdentifier', '1'])),
      GetRecords: reads(getRecords),
      ClearLog: writes(clearLog),
      FreezeLog: writes(freezeLog),
      RequestStateChange: stateChange(messageLogName, () => [messageLog], ['2', '3'], 'EnabledState')
    }
  }),
  AMT_EventLogEntry: fixed(
    [
      {
        CreationClassName: 'AMT_EventLogEntry',
        DeviceAddress: '32',
        ElementName: 'Event Log Entry',
        EventData: 'AA11BB22',
        EventSensorType: '15',
        EventType: '5',
        RecordID: '1',
        TimeStamp: '1712551200'
      }
    ],
    false
  ),
  IPS_ProvisioningRecordLog: fixed([
    {
      CurrentNumberOfRecords: '1',
      ElementName: 'Intel(r) AMT Provisioning Record Log',
      EnabledState: '2',
      HealthState: '0',
      InstanceID: 'Intel(r) AMT: RecordLog 1',
      LogState: '4',
      MaxNumberOfRecords: '1',
      Name: 'Intel(r) AMT Provisioning Record Log',
      OverwritePolicy: '2',
      RequestedState: '12'
    }
  ]),
  AMT_AlarmClockService: table(
    'AMT_AlarmClockService',
    () => [
      sorted({
        ...systemKeys('AMT_AlarmClockService', 'Intel(r) AMT Alarm Clock Service'),
        ElementName: 'Intel(r) AMT Alarm Clock Service',
        SystemName: 'ManagedSystem'
      })
    ],
    { common: true, put: {}, methods: { AddAlarm: writes(addAlarm) } }
  ),
  IPS_AlarmClockOccurrence: table(alarmName, () => [], {
    common: true,
    remove: removeRow(alarmName)
  })
}
