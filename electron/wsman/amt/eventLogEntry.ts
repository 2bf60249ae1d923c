// AMT_EventLogEntry: one entry of the event log.
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'

export const eventLogEntry = defineClass('AMT_EventLogEntry', {
  properties: {
    CreationClassName: optional(string),
    DeviceAddress: optional(integer),
    ElementName: optional(string),
    EventData: optional(string),
    EventSensorType: optional(integer),
    EventType: optional(integer),
    RecordID: optional(string),
    TimeStamp: optional(string)
  }
})
