/** One question to the server. */
interface Question {
  method: string
  url: string
  body?: string | undefined
}

interface Kept {
  whose: string
  /** By the address of the page; the latest visited stands last. */
  pages: [string, Question[]][]
}

const key = 'legame.ahead'
const mostPages = 12
const mostQuestions = 12
const longest = 4_000
/** What is asked later is no part of a page's coming. */
const comes = 4_000

const coming = new Map<string, Promise<Response>>()
let noted: Question[] | null = null

const nameOf = ({ method, url, body = '' }: Question) => `${method} ${url} ${body}`

/**
 * What this address asked for at this person's last visit here is asked for at once, before anything is drawn; whoever
 * then asks for the same gets that answer. What is asked for this time is noted for the next.
 */
export function askAhead(whose: string, ask: (question: Question) => Promise<Response>): void {
  const page = location.pathname + location.search
  const kept = read()
  const questions = kept.whose === whose ? (kept.pages.find(([address]) => address === page)?.[1] ?? []) : []
  for (const question of questions) {
    const answer = ask(question)
    answer.catch(() => undefined)
    coming.set(nameOf(question), answer)
  }
  noted = []
  setTimeout(() => {
    keep(whose, page, noted ?? [])
    noted = null
    coming.clear()
  }, comes)
}

/** The answer that is on its way already; each only once. */
export function fromAhead(question: Question): Promise<Response> | undefined {
  if (noted && noted.length < mostQuestions && (question.body?.length ?? 0) < longest) noted.push(question)
  const name = nameOf(question)
  const answer = coming.get(name)
  coming.delete(name)
  return answer
}

/** Something has changed: what is still on its way may be the state before. */
export function dropAhead(): void {
  coming.clear()
}

/** Whoever signs in next on this device finds nothing of it. */
export function forgetAhead(): void {
  localStorage.removeItem(key)
  noted = null
}

function read(): Kept {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null) ?? { whose: '', pages: [] }
  } catch {
    return { whose: '', pages: [] }
  }
}

function keep(whose: string, page: string, questions: Question[]): void {
  const before = read()
  const others = before.whose === whose ? before.pages.filter(([address]) => address !== page) : []
  try {
    localStorage.setItem(key, JSON.stringify({ whose, pages: [...others, [page, questions]].slice(-mostPages) }))
  } catch {
    // A full or forbidden store only means that the next visit asks when it is drawn.
  }
}
