// AMT_TimeSynchronizationService: the firmware’s clock, kept in UTC.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { integer, optional, required } from '../schema.ts'

export const timeSynchronizationService = defineClass('AMT_TimeSynchronizationService', {
  properties: {
    ...inherited.service,
    /** 0 default true, 1 configured true, 2 false. */
    LocalTimeSyncEnabled: optional(integer),
    TimeSource: optional(integer)
  },
  methods: {
    GetLowAccuracyTimeSynch: {
      output: {
        /** The firmware’s clock, whole seconds since 1970 UTC. */
        Ta0: required(integer)
      },
      reads: true
    },
    SetHighAccuracyTimeSynch: {
      input: {
        /** Must be fresh: AMT answers INVALID_TIME to an old one. */
        Ta0: required(integer),
        /** Our clock when Ta0 came in. */
        Tm1: required(integer),
        /** Our clock when this request goes out. */
        Tm2: required(integer)
      }
    }
  }
})
