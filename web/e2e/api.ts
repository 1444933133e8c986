import type { APIRequestContext } from '@playwright/test'

type Json = Record<string, unknown>

export interface Row extends Json {
  id: string
  version: number
}

/** The interface as a program would use it, signed in as someone of the sample company. */
export class Api {
  private csrf = ''

  constructor(
    private readonly request: APIRequestContext,
    readonly url: string,
  ) {}

  async signIn(role = 'administrator'): Promise<void> {
    const setup = (await (await this.request.get(`${this.url}/api/v1/setup`)).json()) as {
      demo?: { email: string; role: string }[]
    }
    const people = setup.demo ?? []
    const person = people.find((candidate) => candidate.role.toLowerCase().startsWith(role)) ?? people[0]
    const email = process.env.LEGAME_EMAIL ?? person?.email ?? ''
    const password = process.env.LEGAME_PASSWORD
    const answer = password
      ? await this.request.post(`${this.url}/api/v1/session`, {
          data: { email, password },
          headers: { Origin: this.url },
        })
      : await this.request.post(`${this.url}/api/v1/session/demo`, { data: { email }, headers: { Origin: this.url } })
    if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`)
    const session = (await (await this.request.get(`${this.url}/api/v1/session`)).json()) as { csrf: string }
    this.csrf = session.csrf
  }

  async list(path: string, query: Record<string, string> = {}): Promise<Row[]> {
    return (await this.page<Row>(path, query)).items
  }

  async page<T>(path: string, query: Record<string, string> = {}): Promise<{ items: T[]; next_cursor: string | null }> {
    const answer = await this.request.get(`${this.url}/api/v1/${path}?${new URLSearchParams(query)}`)
    if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`)
    return (await answer.json()) as { items: T[]; next_cursor: string | null }
  }

  async one(path: string, id: string, expand = ''): Promise<Row> {
    return (await (
      await this.request.get(`${this.url}/api/v1/${path}/${id}${expand && `?expand=${expand}`}`)
    ).json()) as Row
  }

  /** What the server says, refusals too. */
  async answer(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    data?: unknown,
  ): Promise<{ status: number; body: Json }> {
    const headers = { 'X-CSRF-Token': this.csrf, Origin: this.url }
    const answer = await this.request.fetch(`${this.url}/api/v1/${path}`, { method, data, headers })
    return { status: answer.status(), body: (await answer.json()) as Json }
  }

  async send<T = Row>(method: 'POST' | 'PATCH' | 'DELETE', path: string, data?: unknown): Promise<T> {
    const answer = await this.request.fetch(`${this.url}/api/v1/${path}`, {
      method,
      data,
      headers: { 'X-CSRF-Token': this.csrf, Origin: this.url },
    })
    if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`)
    return (answer.status() === 204 ? null : await answer.json()) as T
  }
}
