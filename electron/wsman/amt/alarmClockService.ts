// AMT_AlarmClockService: wakes the computer at set times.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { alarmClockOccurrence } from '../ips/alarmClockOccurrence.ts'
import { embedded, reference, required } from '../schema.ts'

export const alarmClockService = defineClass('AMT_AlarmClockService', {
  properties: { ...inherited.service },
  allows: ['put'],
  methods: {
    AddAlarm: {
      input: {
        AlarmTemplate: required(embedded(alarmClockOccurrence.resource, alarmClockOccurrence.table.properties))
      },
      output: { AlarmClock: required(reference) }
    }
  }
})
