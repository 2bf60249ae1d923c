// Where a real computer's device is looked for: its address if the row has one, else its FQDN.
import type { Computer } from '../../shared/computer.ts'
import { ok, type Result } from '../../shared/problem.ts'
import { amtPorts } from '../wsman/reach.ts'
import type { Location } from './attempt.ts'

/** Splits "10.0.0.7", "pc7.example:17000", "[fd00::7]:17000" as the address field keeps them. */
function split(address: string): { readonly host: string; readonly port: number | undefined } {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(address) ?? []
  const host = bracketed ?? plain
  return host === undefined ? { host: address, port: undefined } : { host, port: Number(port) }
}

/** AMT's own ports, unless the row names one: then that port is tried with TLS, and without where TLS is refused. */
export function locateReal(computer: Computer): Result<Location> {
  const { host, port } = split(computer.address === '' ? computer.fqdn : computer.address)
  return ok({ host, ports: port === undefined ? amtPorts : { tls: port, plain: port } })
}
