// CIM_Sensor: a sensor.
import { defineClass } from '../class.ts'
import { integer, list, optional, string } from '../schema.ts'
import { inherited } from './inherited.ts'

export const sensor = defineClass('CIM_Sensor', {
  properties: {
    ...inherited.logicalDevice,
    CurrentState: optional(string),
    PossibleStates: list(string),
    SensorType: optional(integer)
  }
})
