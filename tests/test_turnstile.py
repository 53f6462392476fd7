"""At once only so many, in order, and no workspace holds up another."""

import asyncio

from bot.jobs.turnstile import Turnstile


class Crowd:
    """Who is in, who was in, and the most that were in at once."""

    def __init__(self, turnstile: Turnstile) -> None:
        self._turnstile = turnstile
        self.inside: list[str] = []
        self.order: list[str] = []
        self.most: dict[str, int] = {"": 0}
        self.door = asyncio.Event()

    async def enter(self, workspace: str, name: str) -> None:
        async with self._turnstile.pass_through(workspace):
            self.order.append(name)
            self.inside.append(workspace)
            own = self.inside.count(workspace)
            self.most[workspace] = max(self.most.get(workspace, 0), own)
            self.most[""] = max(self.most[""], len(self.inside))
            await self.door.wait()
            await asyncio.sleep(0)
            self.inside.remove(workspace)


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_crowd_goes_through_in_order_and_few_at_a_time() -> None:
    crowd = Crowd(Turnstile(of_one=2, of_all=4))
    names = [f"{workspace}{number}" for number in range(30) for workspace in "abc"]
    tasks = [asyncio.create_task(crowd.enter(name[0], name)) for name in names]
    await settle()
    assert len(crowd.inside) == 4
    crowd.door.set()
    await asyncio.gather(*tasks)
    assert crowd.most.pop("") == 4
    assert max(crowd.most.values()) <= 2
    for workspace in "abc":
        own = [name for name in crowd.order if name.startswith(workspace)]
        assert own == [f"{workspace}{number}" for number in range(30)]


async def test_who_waits_in_one_workspace_takes_no_place_of_another() -> None:
    crowd = Crowd(Turnstile(of_one=2, of_all=4))
    tasks = [asyncio.create_task(crowd.enter("a", f"a{number}")) for number in range(50)]
    await settle()
    tasks += [asyncio.create_task(crowd.enter("b", f"b{number}")) for number in range(2)]
    await settle()
    assert sorted(crowd.inside) == ["a", "a", "b", "b"]
    crowd.door.set()
    await asyncio.gather(*tasks)


async def test_one_who_fails_or_leaves_gives_the_place_back() -> None:
    turnstile = Turnstile(of_one=1, of_all=1)

    async def fail() -> None:
        async with turnstile.pass_through("a"):
            raise ValueError("a bug")

    async def wait() -> None:
        async with turnstile.pass_through("a"):
            await asyncio.Event().wait()

    await asyncio.gather(fail(), fail(), return_exceptions=True)
    waiting = [asyncio.create_task(wait()) for _ in range(3)]
    await settle()
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    async with asyncio.timeout(5), turnstile.pass_through("a"):
        pass


async def test_slow_questions_of_a_few_workspaces_stop_no_other() -> None:
    crowd = Crowd(Turnstile())
    tasks = [asyncio.create_task(crowd.enter(name, name)) for name in "abcabcdefg"]
    await settle()
    assert set(crowd.inside) == set("abcdefg")
    crowd.door.set()
    await asyncio.gather(*tasks)
