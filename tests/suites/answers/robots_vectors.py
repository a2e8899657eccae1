"""Suite robots-vectors: one robots.txt, one product token, one URL (or its Crawl-delay)."""

from crawler.politeness.robots import read_robots


def answer(case: dict, base: object) -> dict:
    robots = read_robots(200, case["robots_txt"].encode("utf-8", "surrogatepass"))
    agent = case["user_agent"]
    if "url" not in case:
        return {"crawl_delay": robots.crawl_delay(agent)}
    return {"allowed": robots.permits(case["url"], agent).allowed}
