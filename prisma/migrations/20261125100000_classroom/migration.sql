-- CreateEnum
CREATE TYPE "assignment_mode" AS ENUM ('graded', 'ungraded', 'exam');

-- AlterTable
ALTER TABLE "class" ADD COLUMN     "inputFrozen" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "scoring" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "spotlight" TEXT,
ADD COLUMN     "term" TEXT,
ADD COLUMN     "timeZone" TEXT NOT NULL DEFAULT 'UTC';

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "email" TEXT,
ADD COLUMN     "externalId" TEXT,
ADD COLUMN     "fullName" TEXT,
ADD COLUMN     "section" TEXT,
ADD COLUMN     "team" TEXT;

-- AlterTable
ALTER TABLE "assignment" ADD COLUMN     "attempts" INTEGER,
ADD COLUMN     "closesAt" TIMESTAMP(3),
ADD COLUMN     "hints" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "late" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "mode" "assignment_mode" NOT NULL DEFAULT 'graded';

-- AlterTable
ALTER TABLE "score_event" ADD COLUMN     "elapsedMs" INTEGER;

-- CreateTable
CREATE TABLE "roster_entry" (
    "id" TEXT NOT NULL,
    "classId" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "nickname" TEXT NOT NULL,
    "fullName" TEXT,
    "email" TEXT,
    "externalId" TEXT,
    "section" TEXT,
    "team" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "joinedAt" TIMESTAMP(3),
    "userId" TEXT,

    CONSTRAINT "roster_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grade_override" (
    "id" BIGSERIAL NOT NULL,
    "classId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "challengeId" TEXT NOT NULL,
    "points" INTEGER,
    "reason" TEXT NOT NULL,
    "byUserId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "grade_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" TEXT NOT NULL,
    "classId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMP(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "roster_entry_code_key" ON "roster_entry"("code");

-- CreateIndex
CREATE UNIQUE INDEX "roster_entry_classId_nickname_key" ON "roster_entry"("classId", "nickname");

-- CreateIndex
CREATE INDEX "grade_override_classId_userId_challengeId_idx" ON "grade_override"("classId", "userId", "challengeId");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_tokenHash_key" ON "api_token"("tokenHash");

-- CreateIndex
CREATE INDEX "api_token_classId_idx" ON "api_token"("classId");

-- AddForeignKey
ALTER TABLE "roster_entry" ADD CONSTRAINT "roster_entry_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "grade_override" ADD CONSTRAINT "grade_override_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class"("id") ON DELETE CASCADE ON UPDATE CASCADE;
