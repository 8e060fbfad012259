import * as z from 'zod'
import { db } from '../../../lib/db'

const NewBook = z.strictObject({ title: z.string().min(1).max(200), author: z.string().min(1).max(200) })

export async function POST(request: Request) {
  const parsed = NewBook.safeParse(await request.json().catch(() => null))
  if (!parsed.success) return Response.json({ error: 'title and author are needed' }, { status: 400 })
  // There is no sign-in yet: every book belongs to the one household of the demo.
  const book = await db.book.create({ data: { ...parsed.data, ownerId: 'demo' } })
  return Response.json(book, { status: 201 })
}
