"use client";

import { useEffect, useState } from "react";
import type { Board, Tile } from "@/server/realtime/protocol";
import { ask, podiumSocket, RequestError } from "../data/socket";

interface Room {
  tiles?: ReadonlyMap<string, Tile>;
  board?: Board;
  error?: string;
  connected: boolean;
}

/** A class's tiles and board, live. They are asked for again after every reconnect. */
export function useRoom(classId: string): Room {
  const [room, setRoom] = useState<Room>({ connected: true });
  useEffect(() => {
    const socket = podiumSocket();
    const open = async () => {
      try {
        const { tiles, board } = await ask("class:watch", { classId });
        setRoom({ tiles: new Map(tiles.map((tile) => [tile.userId, tile])), board, connected: true });
      } catch (cause) {
        setRoom((before) => ({ ...before, error: cause instanceof RequestError ? cause.message : String(cause) }));
      }
    };
    const onTile = (tile: Tile & { classId: string }) => {
      if (tile.classId !== classId) return;
      setRoom((before) => ({ ...before, tiles: new Map(before.tiles).set(tile.userId, tile) }));
    };
    const onBoard = (board: Board) => {
      if (board.classId === classId) setRoom((before) => ({ ...before, board }));
    };
    const onConnect = () => void open();
    const onLost = () => setRoom((before) => ({ ...before, connected: false }));
    socket.on("class:tile", onTile);
    socket.on("class:board", onBoard);
    socket.on("connect", onConnect);
    socket.on("disconnect", onLost);
    if (socket.connected) void open();
    return () => {
      socket.emit("class:unwatch", { classId });
      socket.off("class:tile", onTile);
      socket.off("class:board", onBoard);
      socket.off("connect", onConnect);
      socket.off("disconnect", onLost);
    };
  }, [classId]);
  return room;
}

export function useBoard(classId: string): { board?: Board; error?: string } {
  const [state, setState] = useState<{ board?: Board; error?: string }>({});
  useEffect(() => {
    const socket = podiumSocket();
    const open = () =>
      ask("board:watch", { classId }).then(
        (board) => setState({ board }),
        (cause) => setState((before) => ({ ...before, error: cause instanceof Error ? cause.message : String(cause) })),
      );
    const onBoard = (board: Board) => {
      if (board.classId === classId) setState({ board });
    };
    socket.on("class:board", onBoard);
    socket.on("connect", open);
    if (socket.connected) void open();
    return () => {
      socket.off("class:board", onBoard);
      socket.off("connect", open);
    };
  }, [classId]);
  return state;
}
