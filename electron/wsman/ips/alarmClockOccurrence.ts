// IPS_AlarmClockOccurrence: one set time at which the computer wakes.
import { defineClass } from '../class.ts'
import { boolean, datetime, interval, optional, required, string } from '../schema.ts'

export const alarmClockOccurrence = defineClass('IPS_AlarmClockOccurrence', {
  properties: {
    InstanceID: required(string),
    ElementName: optional(string),
    StartTime: required(datetime),
    Interval: optional(interval),
    DeleteOnCompletion: optional(boolean)
  },
  allows: ['delete']
})
