import { i18n } from '@lingui/core'
import { askAhead, dropAhead, fromAhead } from './ahead'
import { standing } from './standing'

export interface FieldFault {
  field: string
  code: string
  message: string
}

/** A refusal of the server (RFC 9457), or the lack of one when it cannot be reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: FieldFault[] = [],
    /** The whole document: a conflict carries both values. */
    readonly body: Record<string, unknown> = {},
  ) {
    super(message)
  }

  field(name: string): string | undefined {
    return this.fields.find(
      (fault) => fault.field === name || fault.field.startsWith(`${name}.`) || fault.field.startsWith(`${name}[`),
    )?.message
  }
}

export interface Answer<T> {
  data: T
  /** What undo wants, when something was written. */
  correlation: string | null
}

export interface Ask {
  query?: Record<string, string | number | undefined | null>
  body?: unknown
  version?: number
  signal?: AbortSignal
  /** Only asks, though by POST: nothing changes by it. */
  question?: boolean
  /** Is sent though the page goes. */
  keepalive?: boolean
  /** Where the page's own language is not known yet, or another one is wanted. */
  language?: string
}

let csrf = ''
let onSignedOut: () => void = () => undefined

export function setCsrf(token: string): void {
  csrf = token
}

export function whenSignedOut(run: () => void): void {
  onSignedOut = run
}

/** Random enough on any origin: `crypto.randomUUID` is missing over plain http. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const underWay = new Set<Promise<unknown>>()

export function ask<T>(method: string, path: string, more: Ask = {}): Promise<Answer<T>> {
  const answer = send<T>(method, path, more)
  if (method === 'GET' || more.question) return answer
  underWay.add(answer)
  // What was asked before may be answered with the state before.
  dropAhead()
  const ended = () => void underWay.delete(answer)
  answer.then(ended, ended)
  return answer
}

/** Waits for the answers of all writes under way and what follows from them; false when one was refused. */
export async function written(): Promise<boolean> {
  let accepted = true
  while (underWay.size > 0) {
    const ends = await Promise.allSettled(underWay)
    if (ends.some((end) => end.status === 'rejected')) accepted = false
    // Whoever waits for these answers too goes first: he may write again.
    await new Promise((resolve) => setTimeout(resolve))
  }
  return accepted
}

async function send<T>(method: string, path: string, more: Ask): Promise<Answer<T>> {
  const url = `/api/v1${path}${search(more.query)}`
  const body = more.body === undefined || more.body instanceof FormData ? more.body : JSON.stringify(more.body)
  const reads = method === 'GET' || more.question === true
  let ahead: Promise<Response> | undefined
  if (reads && !/^\/(?:model|session)\b/.test(path)) {
    await standing()
    if (typeof body !== 'object') ahead = fromAhead({ method, url, body })
  }
  const response = await reach(url, asked(method, body, more), ahead)
  const data = await read(response)
  if (!response.ok) throw refused(response, data)
  return { data: data as T, correlation: response.headers.get('X-Correlation-Id') }
}

function asked(method: string, body: FormData | string | undefined, more: Ask): RequestInit {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': more.language || i18n.locale || document.documentElement.lang || 'en',
  }
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf
  if (method === 'POST' || method === 'PATCH') headers['Idempotency-Key'] = randomId()
  if (more.version !== undefined) headers['If-Match'] = `"${more.version}"`
  if (typeof body === 'string') headers['Content-Type'] = 'application/json'
  return {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body }),
    ...(more.signal ? { signal: more.signal } : {}),
    ...(more.keepalive ? { keepalive: true } : {}),
  }
}

/** Asks at once for what this address asked for the last time. */
export function beginAhead(whose: string, language: string): void {
  askAhead(whose, ({ method, url, body }) => fetch(url, asked(method, body, { language })))
}

export async function get<T>(path: string, query?: Ask['query'], signal?: AbortSignal): Promise<T> {
  return (await ask<T>('GET', path, { query, signal })).data
}

async function reach(url: string, init: RequestInit, ahead?: Promise<Response>): Promise<Response> {
  try {
    const answer = await ahead?.catch(() => undefined)
    init.signal?.throwIfAborted()
    return answer ?? (await fetch(url, init))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, 'unreachable', '')
  }
}

async function read(response: Response): Promise<unknown> {
  if (response.status === 204) return null
  const text = await response.text()
  if (!text) return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function refused(response: Response, data: unknown): Problem {
  const body = (typeof data === 'object' && data ? data : {}) as Record<string, unknown>
  const code = String(body.code ?? response.status)
  if (response.status === 401 && code !== 'wrong_password') onSignedOut()
  const detail = String(body.detail ?? body.title ?? response.statusText)
  return new Problem(response.status, code, detail, (body.fields as FieldFault[] | undefined) ?? [], body)
}

function search(query: Ask['query']): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value))
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}
