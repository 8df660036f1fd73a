-- CreateEnum
CREATE TYPE "round_kind" AS ENUM ('race', 'chaos');

-- AlterTable
ALTER TABLE "class" ADD COLUMN     "teamLabs" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "lab" ADD COLUMN     "roundId" TEXT,
ADD COLUMN     "team" TEXT;

-- CreateTable
CREATE TABLE "round" (
    "id" TEXT NOT NULL,
    "classId" TEXT NOT NULL,
    "kind" "round_kind" NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "round_event" (
    "id" BIGSERIAL NOT NULL,
    "roundId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "round_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lab_origin" (
    "labId" TEXT NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "lab_origin_pkey" PRIMARY KEY ("labId")
);

-- CreateTable
CREATE TABLE "replay_link" (
    "labId" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "byUserId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "replay_link_pkey" PRIMARY KEY ("labId")
);

-- CreateIndex
CREATE INDEX "round_classId_createdAt_idx" ON "round"("classId", "createdAt");

-- CreateIndex
CREATE INDEX "round_endedAt_idx" ON "round"("endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "round_event_roundId_subject_key" ON "round_event"("roundId", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "replay_link_token_key" ON "replay_link"("token");

-- CreateIndex
CREATE INDEX "lab_roundId_idx" ON "lab"("roundId");

-- AddForeignKey
ALTER TABLE "lab" ADD CONSTRAINT "lab_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "round"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round_event" ADD CONSTRAINT "round_event_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lab_origin" ADD CONSTRAINT "lab_origin_labId_fkey" FOREIGN KEY ("labId") REFERENCES "lab"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replay_link" ADD CONSTRAINT "replay_link_labId_fkey" FOREIGN KEY ("labId") REFERENCES "lab"("id") ON DELETE CASCADE ON UPDATE CASCADE;
