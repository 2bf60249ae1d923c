// A device on the wire: the WS-Management operations over one connection, one request at a time.
import { randomBytes } from 'node:crypto'
import { fail, ok, type Problem, type Result } from '../../shared/problem.ts'
import type { Answer } from './answer.ts'
import {
  createOperation,
  deleteOperation,
  enumerateOperation,
  getOperation,
  invokeOperation,
  type Operation,
  pullOperation,
  putOperation,
  readBatch,
  readCreated,
  readReply,
  type Target,
  writeIdentify,
  writeRequest
} from './envelope.ts'
import { type Asked, explainFor, explainHttp } from './explain.ts'
import { atHost } from './failure.ts'
import { type Identity, readIdentity, versionIn } from './identity.ts'
import { type Credentials, inTurn, openLogin } from './login.ts'
import type { Reference } from './schema.ts'
import type { TlsChoices } from './tlsProfiles.ts'
import { defaultTimeouts, type Endpoint, openTransport, type Timeouts } from './transport.ts'
import { readXml, type XmlElement, type XmlOut, xmlLimits } from './xml.ts'

export type { Target } from './envelope.ts'
export type { Identity } from './identity.ts'
export type { Credentials } from './login.ts'
export type { TlsChoices } from './tlsProfiles.ts'
export type { Endpoint, Timeouts } from './transport.ts'

export interface DeviceOptions {
  readonly endpoint: Endpoint
  readonly credentials?: Credentials | undefined
  readonly timeouts?: Partial<Timeouts>
  readonly signal?: AbortSignal
  /** Source of client nonces; the system's own unless given. */
  readonly random?: (count: number) => Uint8Array
  /** Called before each request that answers a fresh challenge: one call is one try of the password. */
  readonly onTry?: () => void | Promise<void>
  /** What is allowed and shown in TLS; never less than TLS 1.2 unless `allowTls` says so. */
  readonly tls?: TlsChoices | undefined
  /** How often a device that seems asleep is asked again: once, unless given. */
  readonly retries?: 0 | 1 | undefined
  /** The firmware version, where it is known already; otherwise the first answer tells it. Problems are worded by it. */
  readonly amtVersion?: string | undefined
}

/**
 * An AMT endpoint. Every Problem names its host. Once the login was refused, all further calls answer `login-refused`
 * without sending anything until `renew` brings other credentials. A device that seems asleep is asked once more on its
 * own account where that can do no harm: it surely had nothing yet, or the request only reads.
 */
export interface Device {
  readonly endpoint: Endpoint
  /** Who answers there, without a password: one unauthenticated Identify. A 401 with AMT's marks is a good answer. */
  readonly identify: () => Promise<Result<Identity>>
  readonly get: (target: Target) => Promise<Result<XmlElement>>
  /** `content` are the instance's properties with prefix `r`. */
  readonly put: (target: Target, content: readonly XmlOut[]) => Promise<Result<XmlElement>>
  readonly create: (target: Target, content: readonly XmlOut[]) => Promise<Result<Reference>>
  readonly delete: (target: Target) => Promise<Result<undefined>>
  /** All instances, pulled to the end. */
  readonly enumerate: (target: Target) => Promise<Result<readonly XmlElement[]>>
  /** The method's `…_OUTPUT` element, its ReturnValue not yet looked at. */
  readonly invoke: (target: Target, method: string, content: readonly XmlOut[]) => Promise<Result<XmlElement>>
  /** The Problem a method's output stands for, in the closest words there are for this firmware. */
  readonly explain: (problem: Problem, target: Target, method: string) => Problem
  /**
   * Goes on with other credentials, after a password change or a refusal: for all calls made from now on, on a new
   * connection. Calls made before still go out with the old ones. Sends nothing by itself.
   */
  readonly renew: (credentials: Credentials) => void
  readonly close: () => void
}

// An enumeration that never ends must not fill memory: the longest real one (event log) has 390 records.
const mostItems = 10_000
const mostPulls = 1_000

/** Opens nothing yet: the first request connects. `close` ends a running request with `stopped`. */
export function openDevice(options: DeviceOptions): Device {
  let { credentials } = options
  const { endpoint, onTry = () => undefined, random = randomBytes } = options
  const closed = new AbortController()
  const transport = openTransport({
    endpoint,
    timeouts: { ...defaultTimeouts, ...options.timeouts },
    limit: xmlLimits.bytes,
    signal: options.signal ? AbortSignal.any([options.signal, closed.signal]) : closed.signal,
    tls: options.tls,
    retries: options.retries
  })
  const login = openLogin({ transport, credentials, random, onTry })
  const queue = inTurn()
  let messageId = 0

  const explain = (problem: Problem, { resource }: Partial<Target>, method?: string): Problem => {
    const className = resource?.slice(resource.lastIndexOf('/') + 1)
    const amtVersion = options.amtVersion ?? versionIn(transport.server())
    const asked: Asked = { amtVersion, className, method, port: endpoint.port, username: credentials?.username }
    return explainFor(problem, asked)
  }

  const at = async <T>(work: Promise<Result<T>>, target: Partial<Target> = {}, method?: string): Promise<Result<T>> => {
    const result = await work
    return atHost(endpoint.host, result.ok ? result : { ok: false, problem: explain(result.problem, target, method) })
  }

  const body = async (operation: Operation, repeatable = false): Promise<Result<XmlElement | undefined>> => {
    messageId += 1
    const id = String(messageId)
    const request = writeRequest(operation, id)
    if (!request.ok) return request
    const answer = await queue(() => login.post({ body: request.value, repeatable }))
    if (!answer.ok) return answer
    const reply = readAnswer(answer.value)
    if (!reply.ok) return reply
    const { relatesTo } = reply.value
    return relatesTo === undefined || relatesTo === id
      ? ok(reply.value.body)
      : fail('answer-garbled', { found: 'the answer to another request' })
  }

  const element = async (
    operation: Operation,
    { local, repeatable = false }: Expected
  ): Promise<Result<XmlElement>> => {
    const reply = await body(operation, repeatable)
    if (!reply.ok) return reply
    if (reply.value === undefined)
      return fail('answer-garbled', { found: 'an empty body', expected: local ?? 'a body' })
    if (local === undefined || reply.value.local === local) return ok(reply.value)
    return fail('answer-garbled', { found: 'another body', expected: local })
  }

  const identify = async (): Promise<Result<Identity>> => {
    const request = writeIdentify()
    if (!request.ok) return request
    const answer = await queue(() =>
      transport.post({ body: request.value, authorize: () => undefined, repeatable: true })
    )
    if (answer.ok) return readIdentity(answer.value, transport.fingerprint(), transport.session())
    return notHttp(answer.problem) ? fail('not-amt', { detail: answer.problem.detail }) : answer
  }

  const enumerate = async (target: Target): Promise<Result<readonly XmlElement[]>> => {
    const items: XmlElement[] = []
    let operation = enumerateOperation(target)
    for (let pulls = 0; pulls < mostPulls && items.length <= mostItems; pulls++) {
      // A Pull moves its context on, so it is not one to repeat.
      const reply = await body(operation, pulls === 0)
      if (!reply.ok) return reply
      const batch = readBatch(reply.value)
      if (!batch.ok) return batch
      items.push(...batch.value.items)
      if (batch.value.context === undefined) return ok(items)
      operation = pullOperation(target, batch.value.context)
    }
    return fail('answer-too-big', { expected: `at most ${mostItems} instances in ${mostPulls} pulls` })
  }

  return {
    endpoint,
    identify: () => at(identify()),
    get: (target) => at(element(getOperation(target), { repeatable: true }), target),
    put: (target, content) => at(element(putOperation(target, content), {}), target),
    create: async (target, content) => {
      const reply = await at(body(createOperation(target, content)), target)
      return reply.ok ? atHost(endpoint.host, readCreated(reply.value)) : reply
    },
    delete: async (target) => {
      const reply = await at(body(deleteOperation(target)), target)
      return reply.ok ? ok(undefined) : reply
    },
    enumerate: (target) => at(enumerate(target), target),
    invoke: (target, method, content) =>
      at(element(invokeOperation(target, method, content), { local: `${method}_OUTPUT` }), target, method),
    explain,
    renew: (next) => {
      void queue(async () => {
        credentials = next
        login.renew(next)
      })
    },
    close: () => {
      // With a reason, or Node makes an error with its stack that nobody reads.
      closed.abort('closed')
      transport.hangUp()
    }
  }
}

/** What an answer's body must be called, and whether the request only reads. */
interface Expected {
  readonly local?: string
  readonly repeatable?: boolean
}

const notHttp = ({ code }: Problem): boolean => code === 'answer-garbled' || code === 'answer-too-big'

/** A fault may come with any status; without one, only 200 is a good answer. */
function readAnswer({ status, body }: Answer) {
  const root = readXml(body)
  const reply = root.ok ? readReply(root.value) : root
  if (status === 200 || (!reply.ok && reply.problem.code !== 'answer-garbled')) return reply
  return explainHttp(status)
}
