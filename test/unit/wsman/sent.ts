// A device that only writes down what it is asked, as the client would send it.
import type { Device } from '../../../electron/wsman/client.ts'
import {
  createOperation,
  deleteOperation,
  enumerateOperation,
  getOperation,
  invokeOperation,
  type Operation,
  putOperation,
  writeRequest
} from '../../../electron/wsman/envelope.ts'
import { readXml, type XmlElement } from '../../../electron/wsman/xml.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'

/** The device, and the requests it got. Every call ends in `stopped`, unless `answer` gives an element. */
export function writingDevice(answer?: XmlElement): { device: Device; sent: string[] } {
  const sent: string[] = []
  const note = async (operation: Operation): Promise<Result<never>> => {
    const written = writeRequest(operation, '0')
    sent.push(written.ok ? written.value : written.problem.code)
    return answer === undefined ? fail('stopped') : (ok(answer) as Result<never>)
  }
  const device: Device = {
    endpoint: { host: 'pc-01', port: 16_992, tls: false },
    identify: async () => fail('stopped'),
    get: (target) => note(getOperation(target)),
    put: (target, content) => note(putOperation(target, content)),
    create: (target, content) => note(createOperation(target, content)),
    delete: (target) => note(deleteOperation(target)),
    enumerate: (target) => note(enumerateOperation(target)),
    invoke: (target, method, content) => note(invokeOperation(target, method, content)),
    renew: () => undefined,
    explain: (problem) => problem,
    close: () => undefined
  }
  return { device, sent }
}

/** Text as an element; the test is wrong when it is no XML. */
export function parsed(xml: string): XmlElement {
  const root = readXml(Buffer.from(xml))
  if (!root.ok) throw new Error(`${root.problem.found} at ${root.problem.where}: ${xml}`)
  return root.value
}
