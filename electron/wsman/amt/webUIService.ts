// AMT_WebUIService: the firmware’s own web pages.
import { inherited, requestStateChange } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'

export const webUIService = defineClass('AMT_WebUIService', {
  properties: { ...inherited.service },
  methods: {
    RequestStateChange: requestStateChange
  }
})
