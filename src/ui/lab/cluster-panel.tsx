"use client";

import clsx from "clsx";
import { Activity, Map as MapIcon, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRemembered } from "../data/remembered";
import { Tab, TabList, TabPanel, Tabs } from "../design/tabs";
import { HarbourMap } from "../map/harbour-map";
import { Legend } from "../map/legend";
import { WorkloadStrip } from "../map/workload-strip";
import { EventStream } from "./event-stream";
import { useLab } from "./lab-context";
import { ObjectTable } from "./object-table";

export function ClusterPanel({ chosen, onChoose }: { chosen?: string; onChoose: (key: string) => void }) {
  const t = useTranslations("cluster");
  const objects = useLab((view) => view.objects);
  const traffic = useLab((view) => view.traffic);
  const [tab, setTab] = useRemembered("lab.cluster-tab", "map");
  const [showSystem, setShowSystem] = useRemembered("lab.show-system", false);
  return (
    <Tabs value={tab} onValueChange={setTab} className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex h-9 shrink-0 items-center border-line border-b px-1.5">
        <TabList aria-label={t("label")}>
          <Tab value="map" data-testid="tab-map">
            <MapIcon className="size-3.5" aria-hidden />
            {t("map")}
          </Tab>
          <Tab value="table" data-testid="tab-table">
            <Table2 className="size-3.5" aria-hidden />
            {t("table")}
          </Tab>
          <Tab value="events" data-testid="tab-events">
            <Activity className="size-3.5" aria-hidden />
            {t("events")}
          </Tab>
        </TabList>
        <button
          type="button"
          role="switch"
          aria-checked={showSystem}
          onClick={() => setShowSystem(!showSystem)}
          data-testid="toggle-system"
          title={t("systemExplained")}
          className="ml-auto flex items-center gap-2 whitespace-nowrap rounded-md px-2 py-1 text-ink-3 text-xs hover:bg-hover hover:text-ink"
        >
          <span
            aria-hidden
            className={clsx(
              "flex h-3.5 w-6 items-center rounded-full p-0.5 transition-colors",
              showSystem ? "bg-accent" : "bg-line-strong",
            )}
          >
            <span
              className={clsx("size-2.5 rounded-full bg-surface transition-transform", showSystem && "translate-x-2.5")}
            />
          </span>
          {t("system")}
        </button>
      </div>
      <TabPanel value="map" className="flex flex-1 flex-col">
        <WorkloadStrip objects={objects} showSystem={showSystem} chosen={chosen} onChoose={onChoose} />
        <div className="min-h-0 flex-1">
          <HarbourMap objects={objects} traffic={traffic} showSystem={showSystem} chosen={chosen} onChoose={onChoose} />
        </div>
        <Legend />
      </TabPanel>
      <TabPanel value="table" className="flex-1 overflow-auto">
        <ObjectTable objects={objects} showSystem={showSystem} chosen={chosen} onChoose={onChoose} />
      </TabPanel>
      <TabPanel value="events" className="flex-1">
        <EventStream showSystem={showSystem} onChoose={onChoose} />
      </TabPanel>
    </Tabs>
  );
}
