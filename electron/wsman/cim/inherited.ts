// Properties that many classes inherit from CIM, and the one method most of them share.
import { boolean, integer, list, optional, reference, required, string } from '../schema.ts'

const system = {
  CreationClassName: optional(string),
  ElementName: optional(string),
  EnabledState: optional(integer),
  RequestedState: optional(integer),
  SystemCreationClassName: optional(string),
  SystemName: optional(string)
}

/** By the CIM class they come from: CIM_SettingData, CIM_Service and so on. */
export const inherited = {
  settingData: { ElementName: optional(string), InstanceID: required(string) },
  /** Most services have EnabledState 5 and RequestedState 12 (both "not applicable") for ever. */
  service: { ...system, Name: optional(string) },
  logicalDevice: {
    ...system,
    DeviceID: optional(string),
    EnabledDefault: optional(integer),
    HealthState: optional(integer),
    OperationalStatus: list(integer)
  },
  /** From the SMBIOS tables. */
  physicalElement: {
    CanBeFRUed: optional(boolean),
    CreationClassName: optional(string),
    ElementName: optional(string),
    Manufacturer: optional(string),
    Model: optional(string),
    OperationalStatus: list(integer),
    PackageType: optional(integer),
    PartNumber: optional(string),
    SerialNumber: optional(string),
    Tag: optional(string),
    Version: optional(string)
  },
  dependency: { Antecedent: required(reference), Dependent: required(reference) },
  /** Which credential, for what. */
  credentialContext: { ElementInContext: required(reference), ElementProvidingContext: required(reference) }
}

/** CIM_EnabledLogicalElement.RequestStateChange; each class says which states it knows. */
export const requestStateChange = { input: { RequestedState: required(integer) } }
